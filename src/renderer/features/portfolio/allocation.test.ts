import { describe, expect, it } from 'vitest';
import { allocationOf } from './allocation.ts';

const held = (currency: string, worth: number | null) => ({
  currency,
  amount: 1,
  worth,
  heldBefore: 0,
});

describe('the parts of an account', () => {
  it('are ordered by worth and add up to the whole', () => {
    const parts = allocationOf([held('BTC', 250), held('USDT', 750), held('DOGE', null)]);
    expect(parts).toEqual([
      { currency: 'USDT', worth: 750, part: 0.75 },
      { currency: 'BTC', worth: 250, part: 0.25 },
    ]);
  });

  it('are none where nothing has a price', () => {
    expect(allocationOf([held('DOGE', null), held('USDT', 0)])).toEqual([]);
  });

  it('are at most five: the smallest become one', () => {
    const parts = allocationOf(['A', 'B', 'C', 'D', 'E', 'F'].map((name, i) => held(name, 6 - i)));
    expect(parts.map(({ currency }) => currency)).toEqual(['A', 'B', 'C', 'D', 'Others']);
    expect(parts.at(-1)?.worth).toBe(3);
    expect(parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 12);
  });
});
