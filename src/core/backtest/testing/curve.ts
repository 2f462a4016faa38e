/** Equity curves and trades from a few numbers, and their figures. */

import { candlesFromRows, type CandleColumns } from '../../domain/candles.ts';
import { DAY_MS } from '../../domain/timeframe.ts';
import { summarise } from '../metrics.ts';
import type { BacktestSummary, Trade } from '../report.ts';

export interface Curve {
  readonly equity: readonly number[];
  /** Start of each bar; one a day from 1970-01-01 unless given. */
  readonly time?: readonly number[];
  readonly close?: readonly number[];
  readonly start?: number;
  readonly trades?: readonly Trade[];
  readonly barsInMarket?: number;
}

function candlesOf({ equity, time, close }: Curve): CandleColumns {
  return candlesFromRows(
    equity.map((_, index) => {
      const price = close?.[index] ?? 1;
      return [time?.[index] ?? index * DAY_MS, price, price, price, price, 1] as const;
    }),
  );
}

export function figures(curve: Curve): BacktestSummary {
  return summarise({
    candles: candlesOf(curve),
    equity: Float64Array.from(curve.equity),
    trades: curve.trades ?? [],
    startingBalance: curve.start ?? curve.equity[0] ?? 1,
    barsInMarket: curve.barsInMarket ?? 0,
    feesPaid: 0,
    denialCount: 0,
  });
}

/** A closed round trip of 100 that gained `pnl`. */
export function trade(pnl: number, over: Partial<Trade> = {}): Trade {
  return {
    side: 'buy',
    amount: 1,
    entryTime: 0,
    entryPrice: 100,
    exitTime: DAY_MS,
    exitPrice: 100 + pnl,
    exitReason: 'signal',
    fees: 0,
    pnl,
    returnPct: pnl / 100,
    ...over,
  };
}
