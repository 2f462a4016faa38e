/** What an axis of money spans: cents of a quiet day must not look like a crash. */

/** Of the middle of what is shown. */
const LEAST_SPAN = 0.01;

/** As far as the data, and at least 1 % of what it is about. */
export function valueDomain([low, high]: readonly [number, number]): [number, number] {
  const middle = (low + high) / 2;
  const half = Math.max(high - low, Math.abs(middle) * LEAST_SPAN) / 2;
  return [middle - half, middle + half];
}
