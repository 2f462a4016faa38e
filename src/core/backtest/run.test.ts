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
