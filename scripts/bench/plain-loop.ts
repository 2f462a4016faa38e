/**
 * The yardstick: sma-cross, all-in, taker fee, fills at the next open, in one loop over the columns, with trades, equity,
 * drawdown and Sharpe. It shares no code with the engine, so that their agreement also tests the engine.
 */

import type { CandleColumns } from '../../src/core/domain/candles.ts';
import type { Trade } from '../../src/core/domain/trade.ts';

export interface PlainRun {
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly fees: number;
  readonly barsInMarket: number;
  readonly maxDrawdown: number;
  readonly sharpe: number | null;
}

export interface PlainSetup {
  readonly fast: number;
  readonly slow: number;
  readonly cash: number;
  readonly takerFee: number;
}

const DAY = 86_400_000;

/** Long on purpose: nothing stands between the loop and the processor. Prices must be whole cents. */
export function plainLoop(
  candles: CandleColumns,
  { fast, slow, cash: start, takerFee }: PlainSetup,
): PlainRun {
  const { length, time, open, close } = candles;
  const equity = new Float64Array(length);
  const trades: Trade[] = [];
  const dayCloses: number[] = [];
  let [cash, amount, fees, barsInMarket] = [start, 0, 0, 0];
  let [entryTime, entryPrice, entryCost, entryFee] = [0, 0, 0, 0];
  let [buy, sell] = [false, false];
  let [fastSum, slowSum, before] = [0, 0, NaN];
  let [peak, maxDrawdown] = [start, 0];
  let dayEnd = (Math.floor((time[0] ?? NaN) / DAY) + 1) * DAY;

  for (let i = 0; i < length; i += 1) {
    if (buy) {
      buy = false;
      entryPrice = open[i] ?? NaN;
      entryTime = time[i] ?? NaN;
      entryCost = cash / (1 + takerFee);
      entryFee = entryCost * takerFee;
      amount = entryCost / entryPrice;
      cash -= entryCost + entryFee;
      fees += entryFee;
    } else if (sell) {
      sell = false;
      const exitPrice = open[i] ?? NaN;
      const proceeds = amount * exitPrice;
      const fee = proceeds * takerFee;
      cash += proceeds - fee;
      fees += fee;
      const paid = entryFee + fee;
      const pnl = proceeds - entryCost - paid;
      trades.push({
        side: 'buy',
        amount,
        entryTime,
        entryPrice,
        exitTime: time[i] ?? NaN,
        exitPrice,
        exitReason: 'signal',
        fees: paid,
        pnl,
        returnPct: pnl / entryCost,
      });
      amount = 0;
    }

    const price = close[i] ?? NaN;
    fastSum += price;
    slowSum += price;
    if (i >= fast) fastSum -= close[i - fast] ?? NaN;
    if (i >= slow) slowSum -= close[i - slow] ?? NaN;
    if (i >= slow - 1) {
      let gap = fastSum * slow - slowSum * fast;
      if (Math.abs(gap) < 1e-3) gap = exactGap(close, i, fast, slow);
      if (amount > 0) sell = before >= 0 && gap < 0;
      else buy = before <= 0 && gap > 0;
      before = gap;
    }

    if (amount > 0) barsInMarket += 1;
    const value = cash + amount * price;
    if ((time[i] ?? NaN) >= dayEnd) {
      dayCloses.push(equity[i - 1] ?? NaN);
      dayEnd = (Math.floor((time[i] ?? NaN) / DAY) + 1) * DAY;
    }
    equity[i] = value;
    if (value > peak) peak = value;
    const drawdown = (peak - value) / peak;
    if (drawdown > maxDrawdown) maxDrawdown = drawdown;
  }

  if (amount > 0) {
    const pnl = amount * (close[length - 1] ?? NaN) - entryCost - entryFee;
    trades.push({
      side: 'buy',
      amount,
      entryTime,
      entryPrice,
      exitTime: null,
      exitPrice: null,
      exitReason: null,
      fees: entryFee,
      pnl,
      returnPct: pnl / entryCost,
    });
  }
  dayCloses.push(equity[length - 1] ?? NaN);
  return { trades, equity, fees, barsInMarket, maxDrawdown, sharpe: sharpeOf(dayCloses) };
}

/** Sums of whole cents are exact: a tie of the averages is a tie, which rolling float64 sums can take for a cross. */
function exactGap(close: Float64Array, last: number, fast: number, slow: number): number {
  let [fastSum, slowSum] = [0, 0];
  for (let i = last - slow + 1; i <= last; i += 1) {
    const cents = Math.round((close[i] ?? NaN) * 100);
    slowSum += cents;
    if (i > last - fast) fastSum += cents;
  }
  return fastSum * slow - slowSum * fast;
}

function sharpeOf(dayCloses: readonly number[]): number | null {
  const count = dayCloses.length - 1;
  if (count < 2) return null;
  let sum = 0;
  for (let i = 1; i <= count; i += 1) sum += (dayCloses[i] ?? NaN) / (dayCloses[i - 1] ?? NaN) - 1;
  const mean = sum / count;
  let squares = 0;
  for (let i = 1; i <= count; i += 1)
    squares += ((dayCloses[i] ?? NaN) / (dayCloses[i - 1] ?? NaN) - 1 - mean) ** 2;
  return (mean / Math.sqrt(squares / (count - 1))) * Math.sqrt(365);
}
