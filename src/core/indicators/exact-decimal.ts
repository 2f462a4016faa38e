/** Decimals of any length as BigInt, for the rare series whose sums do not fit a float64 exactly. */

/** `digits / 10^places`. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly places: number;
}

/** The shortest decimal that reads back as `value`: the one a candle file stated. @throws RangeError unless finite */
export function exactDecimal(value: number): ExactDecimal {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no decimal form.`);
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * powerOfTen(-places), places: 0 };
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** More than the 53 bits of a float64, so that the last rounding sees what was cut off. */
const QUOTIENT_BITS = 64n;

/** `numerator / denominator` as the nearest float64. Both may be too large for one. @param denominator above 0 */
export function ratioToNumber(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -ratioToNumber(-numerator, denominator);
  if (numerator === 0n) return 0;
  const shift = QUOTIENT_BITS - BigInt(bitLength(numerator) - bitLength(denominator));
  const scaled = shift >= 0n ? numerator << shift : numerator;
  const divisor = shift >= 0n ? denominator : denominator << -shift;
  const quotient = scaled / divisor;
  // A sticky bit stands for the remainder: it breaks the ties that only cutting off would make.
  const sticky = scaled % divisor === 0n ? 0n : 1n;
  return scaleByPowerOfTwo(Number((quotient << 1n) | sticky), -Number(shift) - 1);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Two steps, because 2^−1100 alone is not a float64. */
function scaleByPowerOfTwo(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
