/** What an equity curve earned and how unevenly: annual growth, daily returns and the ratios made of them. */

import type { CandleColumns } from '../domain/candles.ts';
import { DAY_MS, utcDay } from '../domain/timeframe.ts';
import { finiteOrNull } from './figure.ts';
import { isRounding, spreadOf } from './spread.ts';

/** Crypto trades every day of the year. */
const DAYS_PER_YEAR = 365;

/**
 * Compound annual growth rate, a fraction: `(final/start)^(365/days) − 1`.
 * @param elapsedMs from the first to the last equity point
 * @returns `null` when no time has passed, when the account ended below zero, or when a very short span
 *   makes a year of it too large to be written
 */
export function annualGrowth(start: number, final: number, elapsedMs: number): number | null {
  const growth = final / start;
  if (elapsedMs <= 0 || growth < 0) return null;
  return finiteOrNull(growth ** (DAYS_PER_YEAR / (elapsedMs / DAY_MS)) - 1);
}

/**
 * Fractions from one day to the next. A day is the UTC date in which its bars start, and counts with the equity of its
 * last bar; days without bars are skipped, so that N days with bars give N − 1 returns.
 */
export function dailyReturns(candles: CandleColumns, equity: Float64Array): Float64Array {
  const closes = dailyCloses(candles, equity);
  const returns = new Float64Array(Math.max(0, closes.length - 1));
  for (let day = 0; day < returns.length; day += 1) {
    returns[day] = (closes[day + 1] ?? NaN) / (closes[day] ?? NaN) - 1;
  }
  return returns;
}

function dailyCloses({ time, length }: CandleColumns, equity: Float64Array): Float64Array {
  const span = utcDay(time[length - 1] ?? 0) - utcDay(time[0] ?? 0) + 1;
  const closes = new Float64Array(Math.min(span, length));
  let days = 0;
  let dayEnd = dayAfter(time[0] ?? 0);
  for (let index = 1; index < length; index += 1) {
    const start = time[index] ?? NaN;
    if (start < dayEnd) continue;
    closes[days] = equity[index - 1] ?? NaN;
    days += 1;
    dayEnd = dayAfter(start);
  }
  if (length > 0) closes[days] = equity[length - 1] ?? NaN;
  return closes.subarray(0, Math.min(days + 1, length));
}

function dayAfter(timeMs: number): number {
  return (utcDay(timeMs) + 1) * DAY_MS;
}

export interface ReturnFigures {
  /** A fraction a year. */
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
}

const UNDEFINED: ReturnFigures = { volatility: null, sharpe: null, sortino: null };

/**
 * Annualised figures of daily returns, risk-free rate 0:
 * volatility = std × √365, Sharpe = mean / std × √365, Sortino = mean / √(mean(min(r, 0)²)) × √365; std with ddof 1.
 * All are `null` with fewer than two returns, Sharpe where nothing varies, Sortino where nothing was lost.
 */
export function returnFigures(returns: Float64Array): ReturnFigures {
  let lossSquares = 0;
  let largest = 0;
  for (const value of returns) {
    if (value < 0) lossSquares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  // A return is a ratio less 1: its rounding is that of the ratio.
  const scale = 1 + largest;
  const spread = spreadOf(returns, scale);
  if (spread === null) return UNDEFINED;
  const { mean, deviation } = spread;
  const downside = Math.sqrt(lossSquares / returns.length);
  const year = Math.sqrt(DAYS_PER_YEAR);
  return {
    volatility: finiteOrNull(deviation * year),
    sharpe: finiteOrNull((mean / deviation) * year),
    sortino: isRounding(downside, scale) ? null : finiteOrNull((mean / downside) * year),
  };
}
