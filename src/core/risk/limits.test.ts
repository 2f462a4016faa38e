import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HARD_LIMITS, type Limits } from './hard-limits.ts';
import { checkLimits, type LimitSettings } from './limits.ts';

/** The sentence of the refusal; `null` when the settings are taken. */
function refused(settings: LimitSettings): string | null {
  const checked = checkLimits(settings);
  return checked.ok ? null : checked.error.sentence;
}

describe("a person's own limits", () => {
  it('may be stricter, or the same, or left out', () => {
    expect(checkLimits({})).toEqual({ ok: true, value: HARD_LIMITS });
    expect(checkLimits({ ...HARD_LIMITS })).toEqual({ ok: true, value: HARD_LIMITS });
    const stricter: Limits = {
      maxTradeUsd: 20,
      minTradeUsd: 10,
      maxRiskPerTrade: 0.005,
      maxTradesPerDay: 3,
      maxDailyLoss: 0.01,
      defaultStopDistance: 0.02,
    };
    expect(checkLimits(stricter)).toEqual({ ok: true, value: stricter });
    expect(checkLimits({ maxTradesPerDay: 1 })).toEqual({
      ok: true,
      value: { ...HARD_LIMITS, maxTradesPerDay: 1 },
    });
  });

  it.each<[LimitSettings, string]>([
    [{ maxTradeUsd: 50.01 }, 'most for one trade (USD) is 50.01'],
    [{ minTradeUsd: 1.99 }, 'least for one trade (USD) is 1.99'],
    [{ maxRiskPerTrade: 0.011 }, 'risk for one trade is 0.011'],
    [{ maxTradesPerDay: 21 }, 'trades a day is 21'],
    [{ maxDailyLoss: 0.06 }, 'loss a day is 0.06'],
    [{ defaultStopDistance: 0.06 }, 'distance of the default stop is 0.06'],
    [{ maxTradeUsd: Infinity }, 'most for one trade (USD) is Infinity'],
  ])('are refused where they are looser, by name: %j', (settings, words) => {
    expect(refused(settings)).toContain(`The setting for ${words}, but the hard limit allows at `);
    expect(refused(settings)).toMatch(/A setting may only be stricter\.$/);
  });

  it('say the whole sentence', () => {
    expect(refused({ maxTradeUsd: 60 })).toBe(
      'The setting for most for one trade (USD) is 60, but the hard limit allows at most 50. A setting may only be stricter.',
    );
    expect(refused({ minTradeUsd: 1 })).toContain('allows at least 2.');
  });

  it.each(Object.keys(HARD_LIMITS))('take no number without sense for %s', (key) => {
    for (const value of [NaN, 0, -1, -Infinity]) expect(refused({ [key]: value })).not.toBeNull();
  });

  it('count whole trades', () => {
    expect(refused({ maxTradesPerDay: 2.5 })).toBe(
      'The setting for trades a day is 2.5, but must be a whole number.',
    );
  });

  it('must leave room for a trade', () => {
    expect(refused({ maxTradeUsd: 5, minTradeUsd: 10 })).toBe(
      'The least for one trade (10 USD) is more than the most (5 USD): no trade could be made.',
    );
    expect(refused({ maxTradeUsd: 5, minTradeUsd: 5 })).toBeNull();
    expect(refused({ maxTradeUsd: 1 })).toContain('no trade could be made');
  });

  it('that are named without a value are the hard ones', () => {
    // As it comes from code that the compiler has not seen.
    const settings = { maxTradeUsd: undefined } as unknown as LimitSettings;
    expect(checkLimits(settings)).toEqual({ ok: true, value: HARD_LIMITS });
  });

  it('are never looser than the hard ones, whatever is asked', () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -100, max: 100 }));
    const settings = fc.record(
      {
        maxTradeUsd: number,
        minTradeUsd: number,
        maxRiskPerTrade: number,
        maxTradesPerDay: number,
        maxDailyLoss: number,
        defaultStopDistance: number,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(settings, (asked) => {
        const checked = checkLimits(asked);
        if (!checked.ok) return;
        const { minTradeUsd, ...most } = checked.value;
        expect(minTradeUsd).toBeGreaterThanOrEqual(HARD_LIMITS.minTradeUsd);
        for (const [key, value] of Object.entries(most)) {
          expect(value, key).toBeLessThanOrEqual(HARD_LIMITS[key as keyof Limits]);
          expect(value, key).toBeGreaterThan(0);
        }
      }),
    );
  });
});
