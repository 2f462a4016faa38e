/** Bars of a range, read page by page: ccxt's own paging returns the wrong range where the start lies far back. */

import type { OHLCV } from 'ccxt';
import type { CandleRow } from '../../core/domain/candles.ts';
import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { Read } from './feed-errors.ts';
import type { Venue } from './venues.ts';

const MOST_PAGES = 100;

export interface BarRange {
  readonly timeframe: Timeframe;
  /** Start of the first bar, ms UTC. */
  readonly from: number;
  /** Start of the first bar that is not wanted, ms UTC. */
  readonly to: number;
}

/** ms back from now that can be read at once. */
export function reachMs({ answersWith, barsPerPage }: Venue, timeframe: Timeframe): number {
  // The newest bar of a latest page is the one that is still forming.
  const bars = answersWith === 'latest' ? barsPerPage - 1 : barsPerPage * MOST_PAGES;
  return bars * timeframeMs(timeframe);
}

/**
 * Reads a range that lies within reach.
 * @param page - Asks for up to `limit` bars from `since` on.
 * @param unreadable - What is answered for a page that holds something else than bars.
 */
export async function readBars(
  { timeframe, from, to }: BarRange,
  venue: Venue,
  page: (since: number, limit: number) => Promise<Read<readonly OHLCV[]>>,
  unreadable: Read<never>,
): Promise<Read<readonly CandleRow[]>> {
  const length = timeframeMs(timeframe);
  const bars: CandleRow[] = [];
  let since = from;
  for (let pages = 0; since < to && pages < MOST_PAGES; pages += 1) {
    const limit = Math.min(venue.barsPerPage, (to - since) / length);
    const answer = await page(since, limit);
    if (!answer.ok) return answer;
    const rows = barsOf(answer.value, since);
    if (rows === null) return unreadable;
    bars.push(...rows.filter(([time]) => time < to));
    const next = venue.answersWith === 'window' ? since + limit * length : after(rows, length);
    if (next === null) break;
    since = next;
  }
  return { ok: true, value: bars };
}

function after(rows: readonly CandleRow[], length: number): number | null {
  const last = rows.at(-1);
  return last === undefined ? null : last[0] + length;
}

/** Rows from `since` on; `null` where one of them is no bar, or they do not rise in time. */
function barsOf(rows: readonly OHLCV[], since: number): readonly CandleRow[] | null {
  const bars: CandleRow[] = [];
  let earlier = -Infinity;
  for (const row of rows) {
    if (!isBar(row) || row[0] <= earlier) return null;
    earlier = row[0];
    if (row[0] >= since) bars.push([row[0], row[1], row[2], row[3], row[4], row[5]]);
  }
  return bars;
}

function isBar(row: OHLCV): row is [number, number, number, number, number, number] {
  const [time, open, high, low, close, volume] = row;
  if (!isNumber(time) || !isNumber(open) || !isNumber(high)) return false;
  if (!isNumber(low) || !isNumber(close) || !isNumber(volume)) return false;
  const shaped = low <= Math.min(open, close) && high >= Math.max(open, close);
  return shaped && time > 0 && low > 0 && volume >= 0;
}

function isNumber(value: number | undefined): value is number {
  return Number.isFinite(value);
}
