import { describe, expect, it } from 'vitest';
import { missingPrograms } from '../../../scripts/test/keychain.ts';
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
          { account: 'kept/kraken', password: 'kept before' },
          { account: 'a profile/binance', password: 'swordfish' },
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
});
