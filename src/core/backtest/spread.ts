/** Mean and sample deviation of a series, with rounding told from real spread. */

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (ddof 1); exactly 0 where the values differ by no more than rounding. */
  readonly deviation: number;
}

/**
 * Figures that should be equal differ by less than this, made from numbers of size 1: a few operations lose 1e-15, an
 * account that has booked ten thousand fills 1e-13. The finest price step of an exchange is ten thousand times larger.
 */
const ROUNDING = 1e-12;

/** Whether a deviation or a difference among numbers computed from terms of size `scale` is nothing but their rounding. */
export function isRounding(deviation: number, scale: number): boolean {
  return deviation <= ROUNDING * scale;
}

/**
 * Two passes: the sum of squares is taken around the mean, so that nothing cancels.
 * @param scale size of the terms the values were computed from, in their unit: it sets what counts as rounding
 * @returns `null` with fewer than two values
 */
export function spreadOf(values: Float64Array, scale: number): Spread | null {
  const count = values.length;
  if (count < 2) return null;
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += values[index] ?? NaN;
  const mean = sum / count;
  let squares = 0;
  for (let index = 0; index < count; index += 1) squares += ((values[index] ?? NaN) - mean) ** 2;
  const deviation = Math.sqrt(squares / (count - 1));
  return { mean, deviation: isRounding(deviation, scale) ? 0 : deviation };
}
