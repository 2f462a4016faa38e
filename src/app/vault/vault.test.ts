import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyVault } from '../live/key-vault.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { MemoryKeychain } from './testing/memory-keychain.ts';
import { Vault, type VaultOptions } from './vault.ts';

const SLOW = { timeout: 30_000 };
const PASSPHRASE = 'correct horse battery';
const KEY = { apiKey: 'abcdefghijklmnopqrstuvwxyz012345', secret: 'the-secret' };
const OTHER = { apiKey: 'zyxwvutsrqponmlkjihgfedcba543210', secret: 'another-secret' };

async function aVault(changes: Partial<VaultOptions> = {}): Promise<{
  readonly vault: Vault;
  readonly keychain: MemoryKeychain;
  readonly folder: string;
}> {
  const keychain = new MemoryKeychain();
  const folder = await temporaryFolder();
  const options = { profile: 'main', folder, environment: {}, keychain, randomBytes, ...changes };
  return { vault: new Vault(options) satisfies KeyVault, keychain, folder };
}

const set = { EXCHANGE_API_KEY: OTHER.apiKey, EXCHANGE_API_SECRET: OTHER.secret };
const code = (expected: string): object => ({ ok: false, error: { code: expected } });

describe('a vault', SLOW, () => {
  it('keeps a key in the keychain, one for each profile and exchange, and shows a few characters', async () => {
    const { vault, keychain, folder } = await aVault();
    expect(await vault.read('binance')).toEqual({ ok: true, value: null });
    const entered = { apiKey: ` ${KEY.apiKey}\n`, secret: KEY.secret };
    const kept = { ok: true, value: { masked: 'abcd…2345', place: 'keychain' } };
    expect(await vault.save('binance', entered, 'keychain')).toEqual(kept);
    expect(await vault.summary('binance')).toEqual(kept);
    expect(await vault.read('binance')).toEqual({
      ok: true,
      value: { credentials: KEY, place: 'keychain' },
    });
    expect([...keychain.entries.keys()]).toEqual(['main/binance']);
    expect(await vault.read('kraken')).toEqual({ ok: true, value: null });
    const other = await aVault({ profile: 'second', folder, keychain });
    expect(await other.vault.read('binance')).toEqual({ ok: true, value: null });
  });

  it('goes from the keychain to the file to the environment', async () => {
    const { vault, keychain } = await aVault({ environment: set });
    const places: unknown[] = [];
    const look = async (): Promise<void> => {
      const kept = await vault.summary('binance');
      places.push(kept.ok ? kept.value?.place : kept.error.code);
    };
    await look();
    await vault.createFile(PASSPHRASE);
    await vault.save('binance', KEY, 'file');
    await look();
    vault.lockFile();
    await look();
    await vault.save('binance', OTHER, 'keychain');
    await look();
    keychain.reason = 'locked';
    await look();
    expect(places).toEqual([
      'environment',
      'file',
      'VAULT_LOCKED',
      'keychain',
      'KEYCHAIN_UNAVAILABLE',
    ]);
  });

  it('keeps a key in the encrypted file where no keychain works, over a restart', async () => {
    const { vault, keychain, folder } = await aVault();
    keychain.reason = 'no-bus';
    expect(await vault.save('binance', KEY, 'keychain')).toMatchObject(
      code('KEYCHAIN_UNAVAILABLE'),
    );
    expect(await vault.save('binance', KEY, 'file')).toMatchObject(code('VAULT_MISSING'));
    await vault.createFile(PASSPHRASE);
    const kept = { ok: true, value: { masked: 'abcd…2345', place: 'file' } };
    expect(await vault.save('binance', KEY, 'file')).toEqual(kept);

    const later = await aVault({ folder, keychain });
    expect((await later.vault.state()).file).toBe('locked');
    expect(await later.vault.read('binance')).toMatchObject(code('VAULT_LOCKED'));
    expect(await later.vault.unlockFile('wrong')).toMatchObject(code('PASSPHRASE_WRONG'));
    await later.vault.unlockFile(PASSPHRASE);
    expect(await later.vault.summary('binance')).toEqual(kept);
    expect((await later.vault.state()).file).toBe('open');
  });

  it('keeps one key of an exchange: a new one takes the older out of the other place', async () => {
    const { vault, keychain } = await aVault();
    await vault.createFile(PASSPHRASE);
    await vault.save('binance', KEY, 'keychain');
    await vault.save('binance', OTHER, 'file');
    expect(keychain.entries.size).toBe(0);
    await vault.save('binance', KEY, 'keychain');
    keychain.entries.clear();
    expect(await vault.read('binance')).toEqual({ ok: true, value: null });
  });

  it('does not save into the file while a locked keychain holds an older key that would go first', async () => {
    const { vault, keychain } = await aVault();
    await vault.createFile(PASSPHRASE);
    await vault.save('binance', KEY, 'keychain');
    keychain.reason = 'locked';
    expect(await vault.save('binance', OTHER, 'file')).toMatchObject(code('KEYCHAIN_UNAVAILABLE'));
    expect(await vault.forget('binance')).toMatchObject(code('KEYCHAIN_UNAVAILABLE'));
  });

  it('says no key only where it could ask, or where there is nothing to ask', async () => {
    const { vault, keychain } = await aVault();
    for (const reason of ['locked', 'not-responding'] as const) {
      keychain.reason = reason;
      expect(await vault.read('binance')).toMatchObject(code('KEYCHAIN_UNAVAILABLE'));
    }
    for (const reason of ['absent', 'no-bus', 'unsupported'] as const) {
      keychain.reason = reason;
      expect(await vault.read('binance')).toEqual({ ok: true, value: null });
    }
  });

  it('forgets a key in keychain and file, and says what is left in the environment', async () => {
    const { vault, keychain } = await aVault({ environment: { EXCHANGE_API_KEY: 'abc' } });
    await vault.createFile(PASSPHRASE);
    await vault.save('binance', KEY, 'file');
    await vault.save('kraken', KEY, 'keychain');
    expect(await vault.forget('binance')).toEqual({ ok: true, value: { leftInEnvironment: true } });
    expect(await vault.forget('kraken')).toEqual({ ok: true, value: { leftInEnvironment: true } });
    expect(keychain.entries.size).toBe(0);
    expect(await vault.read('binance')).toMatchObject(code('KEY_INVALID'));
    vault.lockFile();
    expect(await vault.forget('binance')).toMatchObject(code('VAULT_LOCKED'));
  });

  it('finds out when a place keeps something else than it was given', async () => {
    const { vault, keychain } = await aVault();
    keychain.keeping = (password) => password.slice(0, 20);
    expect(await vault.save('binance', KEY, 'keychain')).toMatchObject(code('KEY_NOT_KEPT'));
    expect(await vault.read('binance')).toMatchObject(code('KEY_INVALID'));
  });

  it('says how its places stand', async () => {
    const { vault, keychain, folder } = await aVault();
    expect(await vault.state()).toMatchObject({ keychain: { works: true }, file: 'none' });
    keychain.reason = 'absent';
    await writeFile(join(folder, 'secrets.enc'), 'damaged');
    const state = await vault.state();
    expect(state).toMatchObject({ keychain: { works: false }, file: 'locked' });
    expect(state.keychain.sentence).toContain('Install and start gnome-keyring');
  });
});

describe('a secret', SLOW, () => {
  it.each(['keychain', 'file'] as const)(
    'is told to the log before the %s has it, and again when it is read in another run',
    async (place) => {
      const told: string[] = [];
      const redact = (secrets: readonly string[]) => void told.push(...secrets);
      const { vault, keychain, folder } = await aVault({ redact });
      await vault.createFile(PASSPHRASE);
      expect(told).toEqual([PASSPHRASE]);
      await vault.save('binance', KEY, place);
      expect(told).toEqual(expect.arrayContaining([KEY.apiKey, KEY.secret]));
      told.length = 0;
      const next = await aVault({ redact, keychain, folder });
      await next.vault.unlockFile(PASSPHRASE);
      await next.vault.read('binance');
      expect(told).toEqual([PASSPHRASE, KEY.apiKey, KEY.secret]);
    },
  );

  it('that is refused, or of the environment, is told, too', async () => {
    const told: string[] = [];
    const redact = (secrets: readonly string[]) => void told.push(...secrets);
    const { vault } = await aVault({ redact, environment: set });
    const wrong = { apiKey: 'too short', secret: 'a secret in the wrong field' };
    await vault.save('binance', { ...wrong, apiKey: '' }, 'keychain');
    expect(told).toContain(wrong.secret);
    await vault.read('binance');
    expect(told).toEqual(expect.arrayContaining([OTHER.apiKey, OTHER.secret]));
  });
});
