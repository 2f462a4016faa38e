/** A rehearsal and real trading in one profile, each with keys of its own, in every place that keeps keys. */

import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { keyPlaces } from './rehearsal.ts';
import { MemoryKeychain } from './testing/memory-keychain.ts';
import { Vault } from './vault.ts';

const REAL = { apiKey: 'real-key-0123456789', secret: 'real-secret-0123456789' };
const OWN = { apiKey: 'own-key-0123456789', secret: 'own-secret-0123456789' };
const ENVIRONMENT = { EXCHANGE_API_KEY: REAL.apiKey, EXCHANGE_API_SECRET: REAL.secret };

it.each(['keychain', 'file'] as const)(
  'a real key in the %s or the environment is not read in a rehearsal',
  async (place) => {
    const folder = await temporaryFolder();
    const keychain = new MemoryKeychain();
    const open = (isRehearsal: boolean, environment = {}): Vault =>
      new Vault({
        ...keyPlaces({ profile: folder, folder, environment }, isRehearsal),
        keychain,
        randomBytes,
      });
    const passphrase = 'a long enough passphrase of words';
    const real = open(false);
    if (place === 'file') await real.createFile(passphrase);
    expect(await real.save('kraken', REAL, place)).toMatchObject({ ok: true });

    const rehearsal = open(true, ENVIRONMENT);
    expect(await rehearsal.read('kraken')).toEqual({ ok: true, value: null });
    expect(await rehearsal.summary('kraken')).toEqual({ ok: true, value: null });
    if (place === 'file') await rehearsal.createFile(passphrase);
    expect(await rehearsal.save('kraken', OWN, place)).toMatchObject({ ok: true });
    expect(await rehearsal.read('kraken')).toMatchObject({ value: { credentials: OWN } });
    expect(await real.read('kraken')).toMatchObject({ value: { credentials: REAL } });

    await rehearsal.forget('kraken');
    expect(await real.read('kraken')).toMatchObject({ value: { credentials: REAL } });
  },
);
