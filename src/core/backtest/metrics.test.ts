/** Small curves whose figures can be checked by hand. */

import { describe, expect, it } from 'vitest';
import { figures, trade } from './testing/curve.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('a year that doubles', () => {
  const doubled = figures({ equity: [100, 200], time: [0, 365 * DAY], close: [10, 15] });

  it('grows by 100 %, total and compounded, beside 50 % for holding', () => {
    expect(doubled).toMatchObject({ totalReturn: 1, cagr: 1, buyAndHoldReturn: 0.5 });
  });

  it('tells what it was made from', () => {
    expect(doubled).toMatchObject({ bars: 2, firstTime: 0, lastTime: 365 * DAY });
    expect(doubled).toMatchObject({ startingBalance: 100, finalBalance: 200 });
  });

  it('has one return and no fall, so nothing that is a spread or a fall', () => {
    expect(doubled).toMatchObject({ volatility: null, sharpe: null, sortino: null });
    expect(doubled).toMatchObject({ maxDrawdown: 0, maxDrawdownDurationMs: 0, calmar: null });
  });
});

describe('annual growth', () => {
  it('compounds: 21 % in two years is 10 % a year', () => {
    expect(figures({ equity: [100, 121], time: [0, 730 * DAY] }).cagr).toBeCloseTo(0.1, 12);
  });

  it('is undefined for a single bar, where no time has passed', () => {
    const single = figures({ equity: [120], start: 100 });
    expect(single.cagr).toBeNull();
    expect(single.totalReturn).toBeCloseTo(0.2, 12);
  });

  it('is undefined where a year of it is too large a number', () => {
    expect(figures({ equity: [100, 110], time: [0, 60_000] }).cagr).toBeNull();
  });

  it('is -1 when all is lost, and undefined below that', () => {
    expect(figures({ equity: [100, 0], time: [0, DAY] }).cagr).toBe(-1);
    expect(figures({ equity: [100, -1], time: [0, DAY] }).cagr).toBeNull();
  });
});

describe('daily returns', () => {
  // +10 %, -10 %, +20 %: mean 1/15; deviations from it 1/30, -1/6, 2/15.
  const curve = [100, 110, 99, 118.8];
  const mean = 1 / 15;
  const deviation = Math.sqrt((1 / 900 + 1 / 36 + 4 / 225) / 2);

  it('give volatility, Sharpe and Sortino by their formulas', () => {
    const { volatility, sharpe, sortino } = figures({ equity: curve });
    expect(volatility).toBeCloseTo(deviation * Math.sqrt(365), 12);
    expect(sharpe).toBeCloseTo((mean / deviation) * Math.sqrt(365), 12);
    expect(sortino).toBeCloseTo((mean / Math.sqrt(0.01 / 3)) * Math.sqrt(365), 12);
  });

  it('take each UTC day at its last bar, whatever happened inside it', () => {
    const hourly = figures({
      equity: [95, 100, 300, 110, 50, 99, 118.8],
      time: [22, 23, 24, 47, 48, 71, 72].map((hour) => hour * HOUR),
      start: 95,
    });
    expect(hourly.sharpe).toBeCloseTo((mean / deviation) * Math.sqrt(365), 12);
  });

  it('skip days without bars', () => {
    const gaps = figures({ equity: curve, time: [0, DAY, 9 * DAY, 10 * DAY] });
    expect(gaps.volatility).toBeCloseTo(deviation * Math.sqrt(365), 12);
  });

  it('that never vary have a volatility of 0 and no Sharpe, though their rounding varies', () => {
    const steady = Array.from({ length: 50 }, (_, day) => 1_000 * 1.013 ** day);
    expect(
      new Set(steady.slice(1).map((value, day) => value / (steady[day] ?? 1))).size,
    ).toBeGreaterThan(1);
    expect(figures({ equity: steady })).toMatchObject({
      volatility: 0,
      sharpe: null,
      sortino: null,
    });
    expect(figures({ equity: [7, 7, 7] })).toMatchObject({
      volatility: 0,
      sharpe: null,
      sortino: null,
    });
  });

  it('that fall by nothing but rounding have lost nothing', () => {
    const rounded = [0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3];
    expect(rounded[0]).toBeGreaterThan(0.3);
    expect(figures({ equity: rounded })).toMatchObject({ volatility: 0, sortino: null });
  });

  it('without a loss have a Sharpe but no Sortino', () => {
    const { sharpe, sortino } = figures({ equity: [100, 101, 105] });
    expect(sharpe).toBeGreaterThan(0);
    expect(sortino).toBeNull();
  });
});

describe('drawdown', () => {
  it('is the deepest fall from a peak, as a fraction of that peak', () => {
    // 25 % from 200, then 20 % from 250 though it is as much money.
    expect(figures({ equity: [100, 200, 150, 250, 200] }).maxDrawdown).toBe(0.25);
  });

  it('lasts from the last bar at the peak to the bar that is back at it', () => {
    const { maxDrawdownDurationMs } = figures({ equity: [100, 100, 90, 95, 100, 99, 101] });
    expect(maxDrawdownDurationMs).toBe(3 * DAY);
  });

  it('is the longest one, which need not be the deepest', () => {
    const { maxDrawdown, maxDrawdownDurationMs } = figures({
      equity: [100, 50, 100, 99, 99, 99, 100],
    });
    expect(maxDrawdown).toBe(0.5);
    expect(maxDrawdownDurationMs).toBe(4 * DAY);
  });

  it('that never recovers lasts to the last bar', () => {
    expect(figures({ equity: [100, 120, 119, 118] }).maxDrawdownDurationMs).toBe(2 * DAY);
  });

  it('counts a fall below the starting balance in the very first bar', () => {
    const { maxDrawdown, maxDrawdownDurationMs } = figures({ equity: [90, 95, 100], start: 100 });
    expect(maxDrawdown).toBe(0.1);
    expect(maxDrawdownDurationMs).toBe(2 * DAY);
  });

  it('of nothing but rounding is none, and no ratio is made of it', () => {
    const rounded = [0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3];
    const of = figures({ equity: rounded, start: 0.3 });
    expect(of).toMatchObject({ maxDrawdown: 0, maxDrawdownDurationMs: 0, calmar: null });
  });

  it('of nothing but rounding a bar becomes one in the end', () => {
    const falling = Array.from({ length: 40 }, (_, bar) => 1 - bar * 1e-13);
    const of = figures({ equity: falling, start: 1 });
    expect(of.maxDrawdown).toBeCloseTo(39e-13, 14);
    expect(of.maxDrawdownDurationMs).toBeGreaterThan(25 * DAY);
  });

  it('divides annual growth into the Calmar ratio', () => {
    const year = figures({ equity: [100, 80, 110], time: [0, 100 * DAY, 365 * DAY] });
    expect(year.calmar).toBeCloseTo(0.1 / 0.2, 12);
  });
});

describe('trades', () => {
  it('two wins of 30 and 10, a loss of 20 and one that came out even', () => {
    const of = figures({ equity: [100], trades: [trade(30), trade(10), trade(-20), trade(0)] });
    expect(of).toMatchObject({ tradeCount: 4, winRate: 0.5, profitFactor: 2 });
    expect(of).toMatchObject({ averageWin: 20, averageLoss: 20, bestTrade: 0.3, worstTrade: -0.2 });
    // half × 20 − a quarter × 20
    expect(of.expectancy).toBe(5);
    // pnl: mean 5, squares around it 625 + 25 + 625 + 25
    expect(of.sqn).toBeCloseTo((2 * 5) / Math.sqrt(1_300 / 3), 12);
  });

  it('that are still open count for nothing', () => {
    const open = trade(500, { exitTime: null, exitPrice: null, exitReason: null });
    const of = figures({ equity: [100], trades: [trade(10), open] });
    expect(of).toMatchObject({ tradeCount: 1, winRate: 1, averageWin: 10, bestTrade: 0.1 });
  });

  it('without losses have no profit factor and no average loss, but an expectancy', () => {
    const of = figures({ equity: [100], trades: [trade(10), trade(20)] });
    expect(of).toMatchObject({ profitFactor: null, averageLoss: null, expectancy: 15 });
  });

  it('that only lost have a profit factor of 0', () => {
    const of = figures({ equity: [100], trades: [trade(-10)] });
    expect(of).toMatchObject({ profitFactor: 0, averageWin: null, expectancy: -10, winRate: 0 });
  });

  it('that all gained the same up to rounding have no SQN', () => {
    const same = [100.1 - 100, 0.1, 200.1 - 200].map((pnl) => trade(pnl, { amount: 2 }));
    expect(new Set(same.map(({ pnl }) => pnl)).size).toBeGreaterThan(1);
    expect(figures({ equity: [100], trades: same }).sqn).toBeNull();
  });

  it('that came out even up to the rounding of their notional are neither wins nor losses', () => {
    // What is left of 50 spent and 50 got back, in quote.
    const noise = [7.1e-15, -7.1e-15, 3.6e-14, -2.1e-14, 0];
    const even = noise.map((pnl) => trade(pnl, { amount: 0.5 }));
    expect(figures({ equity: [100], trades: even })).toMatchObject({
      tradeCount: 5,
      winRate: 0,
      profitFactor: null,
      expectancy: 0,
      sqn: null,
      averageWin: null,
      averageLoss: null,
      bestTrade: 0,
      worstTrade: 0,
    });
    const mixed = figures({ equity: [100], trades: [...even, trade(30), trade(-10)] });
    expect(mixed).toMatchObject({ tradeCount: 7, winRate: 1 / 7, profitFactor: 3 });
    expect(mixed).toMatchObject({ averageWin: 30, averageLoss: 10 });
  });

  it('that gained the finest step of a price have gained', () => {
    const step = [1e-8, 1e-8].map((pnl) => trade(pnl, { amount: 0.1, entryPrice: 100 }));
    expect(figures({ equity: [100], trades: step })).toMatchObject({ winRate: 1 });
  });

  it('that were never made leave everything undefined but their number', () => {
    expect(figures({ equity: [100, 100], trades: [] })).toMatchObject({
      tradeCount: 0,
      winRate: null,
      profitFactor: null,
      expectancy: null,
      sqn: null,
      averageWin: null,
      averageLoss: null,
      bestTrade: null,
      worstTrade: null,
    });
  });
});

it('exposure time is the share of bars with a position', () => {
  expect(figures({ equity: [1, 1, 1, 1], barsInMarket: 3 }).exposureTime).toBe(0.75);
});

it('holding what cost nothing has no return', () => {
  expect(figures({ equity: [1, 1], close: [0, 5] }).buyAndHoldReturn).toBeNull();
});

it('a run without bars is refused', () => {
  expect(() => figures({ equity: [] })).toThrow('without bars');
});
