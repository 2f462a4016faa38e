import { expect, it } from 'vitest';
import type { Trade } from '../../../../core/domain/trade.ts';
import { samplePosition } from '../testing/sample-bots.ts';
import { fillsOn, withOpen } from './fills.ts';

const TIMES = Float64Array.of(60_000, 120_000, 180_000);

const SOLD: Trade = {
  side: 'buy',
  amount: 0.002,
  entryTime: 70_000,
  entryPrice: 50_000,
  exitTime: 130_000,
  exitPrice: 51_000,
  exitReason: 'signal',
  fees: 0.1,
  pnl: 1.9,
  returnPct: 0.019,
};

it('tells what was bought and sold on a bar', () => {
  const on = (bar: number) => fillsOn([SOLD], { symbol: 'BTC/USDT', times: TIMES, bar });
  expect(on(0)).toEqual(['Bought 0.00200000 BTC at 50,000.00.']);
  expect(on(1)).toEqual(['Sold 0.00200000 BTC at 51,000.00, +1.90 USDT.']);
  expect(on(2)).toEqual([]);
});

it('counts what was bought after the last bar to that bar, and nothing before the first', () => {
  const at = (entryTime: number) =>
    fillsOn([{ ...SOLD, entryTime, exitTime: null }], { symbol: 'BTC/USDT', times: TIMES, bar: 2 });
  expect(at(999_000)).toHaveLength(1);
  const early = [{ ...SOLD, entryTime: 1_000, exitTime: 2_000 }];
  expect(fillsOn(early, { symbol: 'BTC/USDT', times: TIMES, bar: 0 })).toEqual([]);
});

it('marks the open position once', () => {
  const halfDone = { ...SOLD, exitTime: null };
  expect(withOpen([SOLD, halfDone], samplePosition()).map(({ exitTime }) => exitTime)).toEqual([
    130_000,
    null,
  ]);
  expect(withOpen([SOLD], null)).toEqual([SOLD]);
});
