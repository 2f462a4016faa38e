/** A vault that forgets everything at its end: the key of the simulator, or whatever a story puts in. */

import { fail, ok } from '../../../core/domain/result.ts';
import type { KeptKey, KeyVault } from '../key-vault.ts';
import type { Credentials } from '../live-gateway.ts';

export const SIMULATOR_KEY: Credentials = { apiKey: 'simulator-key', secret: 'simulator-secret' };

export class MemoryVault implements KeyVault {
  readonly #kept = new Map<string, Credentials>();
  /** The keychain cannot be asked. */
  isLocked = false;

  async state() {
    return { keychain: { works: true, sentence: 'The keychain works.' }, file: 'none' } as const;
  }

  async read(venue: string) {
    if (this.isLocked) return fail('VAULT_LOCKED', 'The keychain is locked. Unlock it first.');
    const credentials = this.#kept.get(venue);
    return ok(credentials === undefined ? null : ({ credentials, place: 'keychain' } as const));
  }

  async summary(venue: string) {
    const credentials = this.#kept.get(venue);
    return ok(credentials === undefined ? null : masked(credentials));
  }

  async save(venue: string, credentials: Credentials) {
    this.#kept.set(venue, credentials);
    return ok(masked(credentials));
  }

  async forget(venue: string) {
    this.#kept.delete(venue);
    return ok({ leftInEnvironment: false });
  }

  async createFile() {
    return ok({});
  }

  async unlockFile() {
    return ok({});
  }
}

function masked({ apiKey }: Credentials): KeptKey {
  return { masked: `${apiKey.slice(0, 4)}…`, place: 'keychain' };
}
