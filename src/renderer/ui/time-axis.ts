/** Ticks of a time axis on round moments of the UTC calendar, and their labels. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of fixed length. Months and years are walked on the calendar. */
const FIXED_STEPS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
] as const;

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120] as const;
const AVERAGE_MONTH = 30.44 * DAY;

/**
 * At most `most` moments between `first` and `last`, both included, each on a round minute, day, month or year.
 * @returns ms UTC, rising
 */
export function timeTicks(first: number, last: number, most: number): readonly number[] {
  const span = last - first;
  if (!(span > 0) || most < 1) return [first];
  const fixed = FIXED_STEPS.find((step) => span / step < most);
  return fixed === undefined ? monthTicks(first, last, most) : fixedTicks(first, last, fixed);
}

function fixedTicks(first: number, last: number, step: number): readonly number[] {
  const ticks: number[] = [];
  for (let time = Math.ceil(first / step) * step; time <= last; time += step) ticks.push(time);
  return ticks;
}

function monthTicks(first: number, last: number, most: number): readonly number[] {
  const step =
    MONTH_STEPS.find((months) => (last - first) / (months * AVERAGE_MONTH) < most) ?? 240;
  const year = new Date(first).getUTCFullYear();
  const startMonth = step >= 12 ? 0 : Math.floor(new Date(first).getUTCMonth() / step) * step;
  const startYear = step >= 12 ? Math.floor(year / (step / 12)) * (step / 12) : year;
  const ticks: number[] = [];
  for (let month = startMonth; ; month += step) {
    const time = Date.UTC(startYear, month, 1);
    if (time > last) return ticks;
    if (time >= first) ticks.push(time);
  }
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** As short as the span allows: `14:00`, `05 Mar`, `Mar 2024`. */
export function tickLabel(time: number, spanMs: number): string {
  const date = new Date(time);
  const month = MONTHS[date.getUTCMonth()];
  if (spanMs > 400 * DAY) return `${month} ${date.getUTCFullYear()}`;
  if (spanMs > 4 * DAY || time % DAY === 0) {
    return `${String(date.getUTCDate()).padStart(2, '0')} ${month}`;
  }
  return date.toISOString().slice(11, 16);
}
