import { describe, expect, it } from 'vitest';
import { missingPrograms } from '../../../scripts/test/keychain.ts';
import { keychainInNode } from './keychain-process.ts';
import { openKeychain } from './keychain.ts';
import { tell, type Condition } from './testing/keyring-session.ts';

const SESSION_WITHIN = 20_000; // ms, on a machine that is busy
const isMissing = missingPrograms(process.env['PATH'] ?? '').length > 0;

describe.skipIf(isMissing)('a real Secret Service', { timeout: SESSION_WITHIN }, () => {
  it('keeps, finds and forgets an entry, seen from outside as well', async () => {
    const { value } = await tell('four functions', 'unlocked');
    expect(value).toEqual({
      set: { ok: true, value: null },
      seenFromOutside: 'swordfish',
      get: { ok: true, value: 'swordfish' },
      other: { ok: true, value: null },
      found: {
        ok: true,
        value: [
          { account: 'a profile/binance', password: 'swordfish' },
          { account: 'kept/kraken', password: 'kept before' },
        ],
      },
      deleted: { ok: true, value: true },
      again: { ok: true, value: false },
      leftOutside: null,
    });
  });

  it('works, says the probe, and leaves nothing behind', async () => {
    const { value } = await tell('probe', 'unlocked');
    expect(value).toMatchObject({ works: true });
  });

  it.each<[Condition, string, string]>([
    ['locked', 'locked', 'is locked. Unlock it'],
    ['asking', 'locked', 'is locked. Unlock it'],
    ['frozen', 'not-responding', 'does not respond'],
    ['absent', 'absent', 'Install and start gnome-keyring or KWallet'],
    ['no-bus', 'no-bus', 'there is no D-Bus session'],
  ])(
    'that is %s is told within 2 s, and the app can end at once',
    async (condition, reason, sentence) => {
      const { value, endedAfter } = await tell('probe', condition);
      expect(value).toMatchObject({ works: false, reason });
      expect(value).toHaveProperty('sentence', expect.stringContaining(sentence));
      expect(value).toHaveProperty(
        'ms',
        expect.toSatisfy((ms: number) => ms < 2_000),
      );
      expect(value).toHaveProperty(
        'stoodStill',
        expect.toSatisfy((ms: number) => ms < 500),
      );
      expect(endedAfter).toBeLessThan(2_000);
    },
  );

  it("keeps a vault's key, as secret-tool sees it, until it is forgotten", async () => {
    const { value } = await tell('vault', 'unlocked');
    const key = { apiKey: 'abcdefghijklmnopqrstuvwxyz012345', secret: 'the-secret' };
    expect(value).toEqual({
      state: { keychain: { works: true, sentence: "The system's keychain works." }, file: 'none' },
      before: { ok: true, value: null },
      saved: { ok: true, value: { masked: 'abcd…2345', place: 'keychain' } },
      seenFromOutside: JSON.stringify(key),
      read: { ok: true, value: { credentials: key, place: 'keychain' } },
      forgotten: { ok: true, value: { leftInEnvironment: false } },
      leftOutside: null,
    });
  });

  it('that was locked after a key was saved is said to be locked, and not to be empty', async () => {
    const { value } = await tell('vault read', 'locked');
    const locked = { ok: false, error: { code: 'KEYCHAIN_UNAVAILABLE', reason: 'locked' } };
    expect(value).toMatchObject({ kept: locked, other: locked, saved: locked });
  });
});

describe('the process of the keychain', () => {
  it('without the library for this system says so', async () => {
    const script = new URL('./testing/unsupported-child.ts', import.meta.url);
    const keychain = openKeychain(keychainInNode(script, {}));
    expect(await keychain.probe()).toMatchObject({ works: false, reason: 'unsupported' });
    expect(await keychain.getPassword('CryptoPiggy', 'main/binance')).toMatchObject({
      ok: false,
      error: { reason: 'unsupported' },
    });
    keychain.close();
  });

  it('that cannot start or ends by itself is a failure each time, and not a crash', async () => {
    const missing = new URL('./no-such-script.ts', import.meta.url);
    const keychain = openKeychain(keychainInNode(missing, {}));
    for (const _time of [1, 2]) {
      expect(await keychain.probe()).toMatchObject({ works: false, reason: 'not-responding' });
    }
  });

  it('is not told the keys and tokens of the environment', async () => {
    const script = new URL('./testing/environment-child.ts', import.meta.url);
    const environment = {
      EXCHANGE_API_KEY: 'a',
      EXCHANGE_API_SECRET: 'b',
      LIVE_CONFIRM_TOKEN: 'c',
      TELEGRAM_BOT_TOKEN: 'd',
      TELEGRAM_CHAT_ID: 'e',
      HOME: '/home/piggy',
    };
    const keychain = openKeychain(keychainInNode(script, environment));
    expect(await keychain.getPassword('', '')).toEqual({ ok: true, value: 'HOME' });
    keychain.close();
  });
});
