/** Entries and exits as marks on the candle chart: those in sight only, and none where they would be a smear. */

import type { SeriesMarker, UTCTimestamp } from 'lightweight-charts';
import type { Trade } from '../../../core/domain/trade.ts';
import type { ExitReason } from '../../../core/domain/order.ts';
import type { Palette } from '../../app/palette.ts';
import { at, barAt } from './candle-bars.ts';

export type TradeMarker = SeriesMarker<UTCTimestamp>;

/** More trades than this in sight are not marked. */
export const MOST_MARKED = 100;
/** With more than this, marks carry no words. */
const MOST_WORDED = 12;

const EXIT_WORDS: Readonly<Record<ExitReason, string>> = {
  signal: 'Sell',
  'stop-loss': 'Stop',
  'take-profit': 'Target',
  'trailing-stop': 'Trailing',
  'time-exit': 'Time',
  manual: 'By hand',
  'emergency-stop': 'Emergency',
  'sold-outside': 'Outside',
  'written-off': 'Written off',
};

/** Trades that touch the span, which is in ms UTC. `trades` are in the order of their entries. */
export function tradesInSpan(
  trades: readonly Trade[],
  fromMs: number,
  toMs: number,
): readonly Trade[] {
  return trades.filter(
    ({ entryTime, exitTime }) => entryTime <= toMs && (exitTime ?? Infinity) >= fromMs,
  );
}

/** @param times - Starts of the drawn bars: a mark belongs to one of them. In rising order, as the chart wants them. */
export function tradeMarkers(
  trades: readonly Trade[],
  times: Float64Array,
  palette: Palette,
): readonly TradeMarker[] {
  if (trades.length > MOST_MARKED || times.length === 0) return [];
  const worded = trades.length <= MOST_WORDED;
  const size = worded ? 1 : 0.6;
  const onBar = (time: number) => toChartTime(at(times, barAt(times, time)));
  const markers = trades.flatMap(({ entryTime, exitTime, exitReason }): TradeMarker[] => {
    const entry: TradeMarker = {
      time: onBar(entryTime),
      position: 'belowBar',
      shape: 'arrowUp',
      color: palette.accent,
      text: worded ? 'Buy' : '',
      size,
    };
    if (exitTime === null) return [entry];
    const exit: TradeMarker = {
      time: onBar(exitTime),
      position: 'aboveBar',
      shape: 'arrowDown',
      color: palette.text,
      text: worded ? EXIT_WORDS[exitReason ?? 'signal'] : '',
      size,
    };
    return [entry, exit];
  });
  return markers.toSorted((left, right) => left.time - right.time);
}

/** The chart counts in seconds. */
export function toChartTime(timeMs: number): UTCTimestamp {
  const seconds = timeMs / 1_000;
  if (!isChartTime(seconds)) throw new Error(`${timeMs} is no moment of the chart.`);
  return seconds;
}

/** The library brands its numbers, but makes none. */
function isChartTime(seconds: number): seconds is UTCTimestamp {
  return Number.isFinite(seconds);
}
