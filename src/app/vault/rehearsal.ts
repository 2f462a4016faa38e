/** The keys of a rehearsal, on a simulator in the place of an exchange, are not those of real money. */

import type { VaultOptions } from './vault.ts';

type Places = Pick<VaultOptions, 'profile' | 'folder' | 'environment' | 'fileName'>;

/**
 * Where a profile's keys are looked for. On a simulator nothing is read of what real money is traded with: whatever
 * listens at that address would get a real key, and with it every signed request. A key for the simulator is typed in
 * and kept under names of its own, which real trading does not read either.
 */
export function keyPlaces(real: Omit<Places, 'fileName'>, isRehearsal: boolean): Places {
  if (!isRehearsal) return real;
  return {
    profile: `${real.profile} (rehearsal)`,
    folder: real.folder,
    fileName: 'secrets-rehearsal.enc',
    // A key in the environment does not say which exchange it is for.
    environment: {},
  };
}
