import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMIT_FIELDS, limitEntries, readLimits } from './limit-fields.ts';

const KEPT = {
  maxTradeUsd: 50,
  minTradeUsd: 2,
  maxRiskPerTrade: 0.01,
  maxTradesPerDay: 20,
  maxDailyLoss: 0.05,
  defaultStopDistance: 0.05,
};

describe('the limits as they are typed', () => {
  it('are what is kept where nothing was typed, also where it is stricter than any field takes', () => {
    const strict = { ...KEPT, maxRiskPerTrade: 0.00001 };
    for (const kept of [KEPT, strict]) {
      expect(readLimits(limitEntries(kept), kept)).toEqual({ problems: {}, limits: kept });
    }
  });

  it('are kept as fractions without the dust of binary ones', () => {
    const entries = { ...limitEntries(KEPT), maxRiskPerTrade: 0.07, maxDailyLoss: 3 };
    expect(readLimits(entries, KEPT).limits).toEqual({
      ...KEPT,
      maxRiskPerTrade: 0.0007,
      maxDailyLoss: 0.03,
    });
  });

  it('are none at all while one of them cannot be used', () => {
    const sentence = '"4,5" is not clear. Write 4.5 or 45.';
    const unread = { text: '4,5', sentence, isUnfinished: false };
    const entries = { ...limitEntries(KEPT), maxTradeUsd: unread, maxTradesPerDay: '' as const };
    expect(readLimits(entries, KEPT)).toEqual({
      problems: { maxTradeUsd: sentence, maxTradesPerDay: 'Enter a number.' },
      limits: null,
    });
  });

  it('are never looser than the hard ones', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LIMIT_FIELDS), fc.double({ noNaN: true }), (field, typed) => {
        const { limits } = readLimits({ ...limitEntries(KEPT), [field.name]: typed }, KEPT);
        if (limits === null) return;
        expect(limits[field.name]).toBeLessThanOrEqual(field.kept(field.max));
      }),
    );
  });
});
