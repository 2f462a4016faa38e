/** Days as weeks of a calendar, each with what it brought. */

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** Weeks that fit beside each other. */
const WEEKS = 26;

export interface DayResult {
  /** First moment of the UTC day, ms. */
  readonly day: number;
  readonly openingEquity: number;
  readonly equity: number;
  readonly trades: number;
}

/** How strongly a day is coloured. */
export type DayLevel = 'none' | 'flat' | 'up-1' | 'up-2' | 'up-3' | 'down-1' | 'down-2' | 'down-3';

export interface CalendarDay {
  readonly day: number;
  /** In USD; `null` for a day without an account. */
  readonly pnl: number | null;
  /** Of the day's opening equity. */
  readonly part: number;
  readonly trades: number;
  readonly level: DayLevel;
}

/** @param now ms UTC @returns whole weeks from Monday on, the last one with today in it, oldest first */
export function calendarOf(
  results: readonly DayResult[],
  now: number,
): readonly (readonly CalendarDay[])[] {
  const byDay = new Map(results.map((result) => [result.day, result]));
  const monday = mondayOf(now);
  return Array.from({ length: WEEKS }, (_, week) => {
    const start = monday - (WEEKS - 1 - week) * WEEK_DAYS * DAY_MS;
    return Array.from({ length: WEEK_DAYS }, (__, index) => {
      const day = start + index * DAY_MS;
      return cellOf(day, byDay.get(day));
    });
  });
}

function cellOf(day: number, result: DayResult | undefined): CalendarDay {
  if (result === undefined) return { day, pnl: null, part: 0, trades: 0, level: 'none' };
  const pnl = result.equity - result.openingEquity;
  const part = result.openingEquity > 0 ? pnl / result.openingEquity : 0;
  return { day, pnl, part, trades: result.trades, level: levelOf(part) };
}

/** 1970-01-01 was a Thursday. */
function mondayOf(now: number): number {
  const day = Math.floor(now / DAY_MS);
  return (day - ((day + 3) % WEEK_DAYS)) * DAY_MS;
}

function levelOf(part: number): DayLevel {
  const size = Math.abs(part);
  if (size < 0.0001) return 'flat';
  const strength = size < 0.005 ? 1 : size < 0.02 ? 2 : 3;
  return part > 0 ? `up-${strength}` : `down-${strength}`;
}
