import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesFromRows, emptyCandles, type CandleRow } from '../domain/candles.ts';
import type { BacktestConfig } from './report.ts';
import { runBacktest } from './run.ts';

const CONFIG: BacktestConfig = {
  symbol: 'BTC/USDT',
  timeframe: '1d',
  strategy: 'sma-cross',
  params: { fast: 1, slow: 2 },
  startingBalance: 1_000,
  costs: { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 },
  sizing: { kind: 'all-in' },
  limits: 'off',
  whitelist: [],
};

function daily(closes: readonly number[]) {
  return candlesFromRows(
    closes.map((close, day): CandleRow => {
      const open = closes[day - 1] ?? close;
      return [day * 86_400_000, open, Math.max(open, close), Math.min(open, close), close, 1];
    }),
  );
}

function sentence(config: Partial<BacktestConfig>, candles = daily([1, 2, 3])): string {
  const ran = runBacktest({ ...CONFIG, ...config }, candles);
  return ran.ok ? 'ran' : ran.error.sentence;
}

describe('a backtest', () => {
  it("fills in the strategy's parameters and lists an open position last, marked to the last close", () => {
    const ran = runBacktest({ ...CONFIG, params: {} }, daily([1, 2, 3]));
    expect(ran.ok && ran.value.config.params).toEqual({ fast: 10, slow: 30 });
    const open = runBacktest(CONFIG, daily([2, 1, 2, 4]));
    expect(open.ok && open.value.trades).toMatchObject([
      { exitTime: null, entryPrice: 2, pnl: 1_000 },
    ]);
    expect(open.ok && open.value.summary).toMatchObject({ tradeCount: 0, finalBalance: 2_000 });
  });

  it('is cancelled at the first look that says so', () => {
    let looks = 0;
    const ran = runBacktest(CONFIG, daily(Array.from({ length: 10 }, () => 1)), {
      onProgress: () => {
        looks += 1;
        return false;
      },
    });
    expect(ran).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(looks).toBe(1);
  });

  it('says so instead of reporting figures that are no numbers', () => {
    // Bought at every second open and sold at the next: each round trip multiplies the account by 1e24.
    const rows = Array.from({ length: 200 }, (_, day): CandleRow => {
      const [open, close] = day % 2 === 0 ? [1e-12, 1] : [1e12, 2];
      return [day * 86_400_000, open, Math.max(open, close), Math.min(open, close), close, 1];
    });
    expect(sentence({}, candlesFromRows(rows))).toMatch(
      /^The account grew beyond what can be counted/,
    );
  });

  it.each([
    [{ symbol: 'BTC' }, '"BTC" is not a symbol'],
    [{ startingBalance: NaN }, 'The starting balance is NaN'],
    [{ startingBalance: 1e13 }, 'The starting balance is 10000000000000'],
    [{ costs: { ...CONFIG.costs, takerFee: NaN } }, 'The taker fee is NaN'],
    [{ costs: { ...CONFIG.costs, makerFee: -0.1 } }, 'The maker fee is -0.1'],
    [{ costs: { ...CONFIG.costs, slippageBps: 3_000, halfSpreadBps: 3_000 } }, 'add up to 6000'],
    [{ sizing: { kind: 'fixed', cost: 0 } }, 'The fixed size is 0'],
    [{ sizing: { kind: 'risk', fraction: NaN } }, 'The risk per trade is NaN'],
    [{ strategy: 'toString' }, 'There is no strategy "toString"'],
    [{ params: { fast: 9, slow: 3 } }, 'fast must be less than slow'],
    [{ whitelist: ['BTC/USDT', 'eth'] }, 'On the whitelist: "eth" is not a symbol'],
  ] as const)('is refused with %j', (part, expected) => {
    expect(sentence(part)).toContain(expected);
  });

  it('is refused without candles', () => {
    expect(sentence({}, emptyCandles(0))).toBe('There are no candles to run on.');
  });
});

describe('trades that come out even', () => {
  // Each bar opens at one price, at which everything fills, and closes above or below it.
  const market = fc.record({
    price: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    swing: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
    cost: fc.double({ min: 0.01, max: 900, noNaN: true }),
    bars: fc.integer({ min: 6, max: 200 }),
  });

  it('never make a figure of their rounding', () => {
    let trades = 0;
    fc.assert(
      fc.property(market, fc.boolean(), ({ price, swing, cost, bars }, isAllIn) => {
        const rows = Array.from({ length: bars }, (_, index): CandleRow => {
          const close = price * (1 + (index % 3 === 0 ? swing : -swing));
          const [high, low] = [Math.max(price, close), Math.min(price, close)];
          return [index * 3_600_000, price, high, low, close, 1];
        });
        const ran = runBacktest(
          {
            ...CONFIG,
            timeframe: '1h',
            sizing: isAllIn ? { kind: 'all-in' } : { kind: 'fixed', cost },
          },
          candlesFromRows(rows),
        );
        if (!ran.ok) throw new Error(ran.error.sentence);
        const { summary } = ran.value;
        trades += summary.tradeCount;
        if (summary.tradeCount === 0) return;
        expect(summary).toMatchObject({ winRate: 0, profitFactor: null, sqn: null });
        expect(summary).toMatchObject({ averageWin: null, averageLoss: null });
        expect(summary).toMatchObject({ bestTrade: 0, worstTrade: 0 });
        expect(Math.abs(summary.expectancy ?? NaN)).toBe(0);
      }),
    );
    expect(trades).toBeGreaterThan(1_000);
  });
});

describe('a market that does not move', () => {
  const flat = Array.from({ length: 60 }, () => 100);
  const rsi: Partial<BacktestConfig> = { strategy: 'rsi-reversion', params: { stopPercent: 0 } };

  it('is no reason for RSI reversion to buy, and its first move up is none either', () => {
    for (const closes of [flat, [...flat, 101, 102, 103, 103, 103]]) {
      const ran = runBacktest({ ...CONFIG, ...rsi }, daily(closes));
      expect(ran.ok && ran.value.trades).toEqual([]);
    }
  });

  it('is no reason for RSI reversion to sell what it holds', () => {
    const fallen = Array.from({ length: 20 }, (_, day) => 100 - day);
    const still = Array.from({ length: 3_000 }, () => 87);
    const ran = runBacktest({ ...CONFIG, ...rsi }, daily([...fallen, 86, 86.5, ...still]));
    expect(ran.ok && ran.value.trades).toMatchObject([{ exitTime: null }]);
  });
});
