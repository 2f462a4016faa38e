/** An exchange's history from a table, without a network: it answers with the next bars that there are, a few at a time. */

import type { CandleRow } from '../../../core/domain/candles.ts';
import { ok } from '../../../core/domain/result.ts';
import { timeframeMs, type Timeframe } from '../../../core/domain/timeframe.ts';
import type { BarHistory, WantedPage } from '../../../exchanges/ccxt/bar-history.ts';

export interface TableHistory extends BarHistory {
  /** Every page that was asked for, oldest first. */
  readonly asked: readonly WantedPage[];
}

export interface TableOptions {
  readonly bars: readonly CandleRow[];
  readonly end: number;
  readonly earliest?: number;
  readonly barsPerPage?: number;
}

export function tableHistory(options: TableOptions): TableHistory {
  const { bars, end, earliest = 0, barsPerPage = 5 } = options;
  const asked: WantedPage[] = [];
  return {
    name: 'Table',
    asked,
    reach: async () => ok({ earliest, end }),
    page: async (wanted) => {
      asked.push(wanted);
      const told = bars.filter(([time]) => time >= wanted.from).slice(0, barsPerPage);
      const page = told.filter(([time]) => time < wanted.to);
      const last = told.at(-1);
      const next = last === undefined ? wanted.to : last[0] + timeframeMs(wanted.timeframe);
      return ok({ bars: page, next: Math.min(next, wanted.to) });
    },
    close: () => {},
  };
}

/** A bar whose prices follow from its time, so that a test can expect them. */
function barAt(time: number): CandleRow {
  const open = 50_000 + ((time / 60_000) % 977);
  return [time, open, open + 10, open - 10, open + 5, 1.5];
}

/** The bars from one time until another, but those that begin at `without`. */
export function barsBetween(
  timeframe: Timeframe,
  from: number,
  to: number,
  without: readonly number[] = [],
): readonly CandleRow[] {
  const step = timeframeMs(timeframe);
  const starts = Array.from({ length: (to - from) / step }, (_, index) => from + index * step);
  return starts.filter((start) => !without.includes(start)).map(barAt);
}
