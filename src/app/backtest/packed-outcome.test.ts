import { expect, it } from 'vitest';
import type { BacktestReport } from '../../core/backtest/report.ts';
import { aRunInfo, SUMMARY } from '../storage/testing/run-builder.ts';
import {
  packOutcome,
  unpackCurve,
  unpackDenials,
  unpackEquity,
  unpackTimes,
  unpackTrades,
} from './packed-outcome.ts';
import { waves } from './testing/waves.ts';

const BARS = 50_000;

/** A flat account, but for one good and one bad bar; a market with one spike of its own. */
function aReport(): BacktestReport {
  const candles = waves(BARS);
  candles.time[BARS - 1] = (candles.time[BARS - 1] ?? 0) + 7_777;
  candles.close[40_001] = 500;
  const equity = new Float64Array(BARS).fill(1_000);
  equity[10_001] = 2_000.1;
  equity[10_002] = 0.3;
  return {
    config: aRunInfo().config,
    candles,
    summary: { ...SUMMARY, bars: BARS },
    equity,
    trades: [
      {
        side: 'buy',
        amount: 0.1 + 0.2,
        entryTime: 60_000,
        entryPrice: 100,
        exitTime: null,
        exitPrice: null,
        exitReason: null,
        fees: 0.1,
        pnl: 1e-9,
        returnPct: 0,
      },
    ],
    denials: [
      {
        time: 0,
        side: 'buy',
        code: 'INSUFFICIENT_FUNDS',
        sentence: 'Zu wenig Geld: 3 €.',
        askedCost: 50,
      },
    ],
  };
}

it('packs what it unpacks, bit for bit', () => {
  const report = aReport();
  const packed = packOutcome(report, () => true);
  if (packed === null) throw new Error('Nobody ended the packing.');
  expect(unpackTrades(packed)).toEqual(report.trades);
  expect(unpackDenials(packed)).toEqual(report.denials);
  expect(unpackEquity(packed)).toEqual(report.equity);
  expect(unpackTimes(packed)).toEqual(Float64Array.from(report.candles.time));
  expect(packed.time.length).toBeLessThan(5_000);
});

it('keeps every extreme of each curve among the few points of a chart', () => {
  const packed = packOutcome(aReport(), () => true);
  if (packed === null) throw new Error('Nobody ended the packing.');
  const { time, equity, drawdown, buyAndHold } = unpackCurve(packed);
  expect(time.length).toBeLessThanOrEqual(2_000);
  expect([time[0], time.at(-1)]).toEqual([0, (BARS - 1) * 60_000 + 7_777]);
  expect([Math.max(...equity), Math.min(...equity)]).toEqual([2_000.1, 0.3]);
  expect(Math.max(...drawdown)).toBe((2_000.1 - 0.3) / 2_000.1);
  expect(buyAndHold[time.indexOf(40_001 * 60_000)]).toBe((1_000 * 500) / 100);
  expect(Math.max(...buyAndHold)).toBe(5_000);
});

it('does not lengthen a short run, and packs the shortest', () => {
  const short: BacktestReport = {
    ...aReport(),
    candles: waves(1),
    equity: Float64Array.of(1_000),
    trades: [],
    denials: [],
  };
  const packed = packOutcome(short, () => true);
  if (packed === null) throw new Error('Nobody ended the packing.');
  expect(unpackCurve(packed)).toEqual({
    time: Float64Array.of(0),
    equity: Float64Array.of(1_000),
    drawdown: Float64Array.of(0),
    buyAndHold: Float64Array.of(1_000),
  });
  expect(unpackTimes(packed)).toEqual(Float64Array.of(0));
});

it.each([1, 2, 3, 4])('ends at look number %i when it is told to', (look) => {
  let looks = 0;
  expect(packOutcome(aReport(), () => (looks += 1) < look)).toBeNull();
  expect(looks).toBe(look);
});
