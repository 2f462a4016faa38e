/**
 * Amounts of coins as whole numbers, so that adding and subtracting them is exact: in float64, what
 * rounding leaves of a lot of 10,000 coins would pass for a part of the lot of 0.001 that follows.
 */

import { exactDecimal, powerOfTen, ratioToNumber } from '../indicators/exact-decimal.ts';

/** Places behind the point: every float64 from 1e-14 up fits without loss. */
const PLACES = 30;
const UNITS_PER_COIN = powerOfTen(PLACES);

/** In 1e-30 of a coin. @throws RangeError unless finite */
export function coinUnits(amount: number): bigint {
  const { digits, places } = exactDecimal(amount);
  return places <= PLACES
    ? digits * powerOfTen(PLACES - places)
    : digits / powerOfTen(places - PLACES);
}

/** The nearest float64. */
export function coins(units: bigint): number {
  return ratioToNumber(units, UNITS_PER_COIN);
}

/** `part / whole`. */
export function unitRatio(part: bigint, whole: bigint): number {
  return Number(part) / Number(whole);
}
