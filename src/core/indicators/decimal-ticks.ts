/**
 * Decimal values as whole numbers of their smallest decimal step, "ticks": 23140.48 is 2314048 ticks of 0.01.
 * Sums of ticks are exact, so averages that are equal on paper are equal here.
 */

/** The most decimals looked for; beyond them a column is summed in BigInt. */
const MAX_DECIMALS = 12;

/**
 * Up to here a float64 leads to one decimal only: the value and its product with the scale are each off by at most
 * 2^-53 of themselves, together less than half a tick, so rounding finds the tick that was written.
 */
const MAX_TICK = 2 ** 51;

export interface TickColumn {
  /** Whole numbers, `value × 10^decimals`. */
  readonly ticks: Float64Array;
  /** `10^decimals`. */
  readonly scale: number;
  /** Of the absolute ticks. */
  readonly largest: number;
}

/**
 * One pass, which begins anew where a value has more decimals than all before it.
 * @returns `null` where a value is not a decimal of at most twelve places, or has too many digits to be told exactly
 */
export function tickColumn(values: Float64Array, length: number): TickColumn | null {
  const ticks = new Float64Array(length);
  let decimals = 0;
  let scale = 1;
  let largest = 0;
  for (let index = 0; index < length; index += 1) {
    const value = values[index] ?? NaN;
    const tick = Math.round(value * scale);
    // The division is correctly rounded, so equality proves that the value is that many ticks.
    if (tick / scale === value) {
      ticks[index] = tick;
      largest = Math.max(largest, Math.abs(tick));
    } else {
      decimals = decimalsOf(value, decimals + 1);
      if (decimals > MAX_DECIMALS) return null;
      scale = 10 ** decimals;
      largest = 0;
      index = -1;
    }
  }
  return largest <= MAX_TICK ? { ticks, scale, largest } : null;
}

/** Fewest decimals, from `least` on, that `value` can be written with; one more than are looked for if there are none. */
function decimalsOf(value: number, least: number): number {
  let decimals = least;
  while (
    decimals <= MAX_DECIMALS &&
    Math.round(value * 10 ** decimals) / 10 ** decimals !== value
  ) {
    decimals += 1;
  }
  return decimals;
}
