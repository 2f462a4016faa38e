/**
 * Decimal values as whole numbers of their smallest decimal step, "ticks": 23140.48 is 2314048 ticks of 0.01.
 * Sums of ticks are exact, so averages that are equal on paper are equal here.
 */

/** The most decimals looked for; beyond them a column is summed in BigInt. */
const MAX_DECIMALS = 12;

const POWERS_OF_TEN: readonly number[] = Array.from(
  { length: MAX_DECIMALS + 1 },
  (_, decimals) => 10 ** decimals,
);

export interface TickColumn {
  /** Whole numbers, `value × 10^decimals`. */
  readonly ticks: Float64Array;
  /** `10^decimals`. */
  readonly scale: number;
  /** Of the absolute ticks. */
  readonly largest: number;
}

/**
 * @returns `null` where a value is not a decimal of at most twelve places, or its ticks are not exact in a float64
 */
export function tickColumn(values: Float64Array, length: number): TickColumn | null {
  const decimals = decimalsOfAll(values, length);
  const scale = decimals === null ? undefined : POWERS_OF_TEN[decimals];
  if (scale === undefined) return null;
  const ticks = new Float64Array(length);
  let largest = 0;
  for (let index = 0; index < length; index += 1) {
    const tick = Math.round((values[index] ?? NaN) * scale);
    ticks[index] = tick;
    largest = Math.max(largest, Math.abs(tick));
  }
  return largest <= Number.MAX_SAFE_INTEGER ? { ticks, scale, largest } : null;
}

/** One pass that only ever raises the number of decimals. */
function decimalsOfAll(values: Float64Array, length: number): number | null {
  let decimals = 0;
  let scale = 1;
  for (let index = 0; index < length; index += 1) {
    const value = values[index] ?? NaN;
    while (!isTicks(value, scale)) {
      decimals += 1;
      const next = POWERS_OF_TEN[decimals];
      if (next === undefined) return null;
      scale = next;
    }
  }
  return decimals;
}

/** Whether `value` is the float64 of a whole number of `1/scale`: the division is correctly rounded, so equality proves it. */
function isTicks(value: number, scale: number): boolean {
  const tick = Math.round(value * scale);
  return tick / scale === value && Math.abs(tick) <= Number.MAX_SAFE_INTEGER;
}
