/** What every list of this screen can be narrowed to: a symbol, a bot, and how far back. */

import { DAY_MS } from '../../../core/domain/timeframe.ts';

export const PERIODS = [
  { value: 'today', label: 'Today' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
  { value: 'all', label: 'All time' },
] as const;

export type Period = (typeof PERIODS)[number]['value'];

export interface RowFilter {
  /** `null` for all. */
  readonly symbol: string | null;
  readonly botId: string | null;
  readonly period: Period;
}

export const NO_FILTER: RowFilter = { symbol: null, botId: null, period: 'all' };

/** What a row is narrowed by. */
export interface Filterable {
  readonly symbol: string | null;
  readonly botId: string | null;
  /** ms UTC. */
  readonly time: number;
}

/** @param now ms UTC; a day begins at midnight UTC, as the limits count it */
export function passes(
  row: Filterable,
  { symbol, botId, period }: RowFilter,
  now: number,
): boolean {
  return (
    (symbol === null || row.symbol === symbol) &&
    (botId === null || row.botId === botId) &&
    row.time >= sinceOf(period, now)
  );
}

function sinceOf(period: Period, now: number): number {
  switch (period) {
    case 'today':
      return Math.floor(now / DAY_MS) * DAY_MS;
    case 'week':
      return now - 7 * DAY_MS;
    case 'month':
      return now - 30 * DAY_MS;
    case 'all':
      return -Infinity;
  }
}
