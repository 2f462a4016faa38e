/** What a bot bought and sold, as the chart marks it and tells it. */

import type { Trade } from '../../../../core/domain/trade.ts';
import { barAt } from '../../../ui/candles/candle-bars.ts';
import { formatAmount, formatMoney, formatPrice, unitsOf } from '../../../ui/format.ts';
import type { Position } from '../bot-of.ts';

/** What is known of a position when it was opened. */
type OpenEntry = Pick<Position, 'amount' | 'entryTime' | 'entryPrice'>;

/** The trades that are over, and the one that is open. */
export function withOpen(closed: readonly Trade[], open: OpenEntry | null): readonly Trade[] {
  const over = closed.filter(({ exitTime }) => exitTime !== null);
  return open === null ? over : [...over, openTrade(open)];
}

function openTrade({ amount, entryTime, entryPrice }: OpenEntry): Trade {
  return {
    side: 'buy',
    amount,
    entryTime,
    entryPrice,
    exitTime: null,
    exitPrice: null,
    exitReason: null,
    fees: 0,
    pnl: 0,
    returnPct: 0,
  };
}

/** What happened on one bar, as sentences. @param times starts of the bars, ms UTC */
export function fillsOn(
  trades: readonly Trade[],
  { symbol, times, bar }: { symbol: string; times: Float64Array; bar: number },
): readonly string[] {
  const { base, quote } = unitsOf(symbol);
  const isOn = (time: number) => time >= (times[0] ?? Infinity) && barAt(times, time) === bar;
  return trades.flatMap(({ amount, entryTime, entryPrice, exitTime, exitPrice, pnl }) => {
    const what = `${formatAmount(amount)} ${base}`;
    const result = `${formatMoney(pnl, { plus: true })} ${quote}`;
    return [
      ...(isOn(entryTime) ? [`Bought ${what} at ${formatPrice(entryPrice)}.`] : []),
      ...(exitTime !== null && isOn(exitTime)
        ? [`Sold ${what} at ${formatPrice(exitPrice)}, ${result}.`]
        : []),
    ];
  });
}
