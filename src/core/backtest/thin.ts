/** Fewer points for a chart, chosen so that no peak and no trough disappears. */

/**
 * Indices of the points worth drawing: the first, the last, and of each of many equal stretches between them the
 * lowest and the highest value of every column. The extremes of the whole are therefore always among them.
 *
 * @param values one column, or several drawn over the same time axis
 * @param length number of points; entries beyond it are ignored
 * @param maxPoints at least 4, and 2 more for each further column
 * @returns rising and without repeats, at most `maxPoints`; every index where there are no more points than that
 */
export function thinIndices(
  values: Float64Array | readonly [Float64Array, ...Float64Array[]],
  length: number,
  maxPoints: number,
): Int32Array {
  const columns = values instanceof Float64Array ? [values] : values;
  const perBucket = 2 * columns.length;
  if (!(maxPoints >= perBucket + 2)) {
    throw new RangeError(
      `${maxPoints} points are too few to keep the extremes of ${columns.length} columns.`,
    );
  }
  if (length <= maxPoints) return Int32Array.from({ length }, (_, index) => index);
  const buckets = Math.floor((maxPoints - 2) / perBucket);
  const kept = [0];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = edge(bucket, buckets, length);
    keepExtremes(columns, from, edge(bucket + 1, buckets, length), kept);
  }
  kept.push(length - 1);
  return Int32Array.from(kept);
}

/** Where a bucket begins among the points between the first and the last. */
function edge(bucket: number, buckets: number, length: number): number {
  return 1 + Math.floor((bucket * (length - 2)) / buckets);
}

function keepExtremes(
  columns: readonly Float64Array[],
  from: number,
  to: number,
  kept: number[],
): void {
  const found = new Set<number>();
  for (const column of columns) {
    let [lowest, highest] = [from, from];
    for (let index = from + 1; index < to; index += 1) {
      const value = column[index] ?? NaN;
      if (value < (column[lowest] ?? NaN)) lowest = index;
      if (value > (column[highest] ?? NaN)) highest = index;
    }
    found.add(lowest).add(highest);
  }
  kept.push(...[...found].sort((a, b) => a - b));
}
