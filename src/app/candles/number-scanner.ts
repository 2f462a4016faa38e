/** Reads decimal numbers from bytes, correctly rounded, without making a string of them. */

const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT_FROM_ZERO = 0x2e - ZERO;

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const MAX_EXACT_POWER = 22;
/** More than any double needs; keeps a long exponent from overflowing. */
const EXPONENT_CEILING = 100_000;

const latin = new TextDecoder('latin1');

/**
 * The number written in `bytes[start..end)` as `Number()` would read it, or NaN when these bytes are not a plain
 * decimal number: blanks, hexadecimal, Infinity, NaN and numbers too large for a double are none.
 *
 * Up to 2^53 and 10^22 both mantissa and power are exact, so that one division or multiplication rounds correctly
 * (Clinger, "How to read floating point numbers accurately", 1990); beyond that `Number()` does it.
 */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] ?? 0;
  const digitsFrom = first === MINUS || first === PLUS ? start + 1 : start;
  let at = digitsFrom;
  let mantissa = 0;
  for (; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
  }
  let digits = at - digitsFrom;
  let exponent = 0;
  if (at < end && (bytes[at] ?? 0) - ZERO === POINT_FROM_ZERO) {
    const fractionFrom = at + 1;
    for (at = fractionFrom; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    digits += at - fractionFrom;
    exponent = fractionFrom - at;
  }
  if (digits === 0) return Number.NaN;
  if (at < end) exponent += exponentAt(bytes, at, end);
  const size = scaled(mantissa, exponent) ?? sizeOf(bytes, digitsFrom, end, exponent);
  return first === MINUS ? -size : size;
}

function scaled(mantissa: number, exponent: number): number | undefined {
  if (mantissa > Number.MAX_SAFE_INTEGER) return undefined;
  if (exponent <= 0 && exponent >= -MAX_EXACT_POWER) {
    return mantissa / (EXACT_POWERS[-exponent] ?? Number.NaN);
  }
  if (exponent > 0 && exponent <= MAX_EXACT_POWER) {
    return mantissa * (EXACT_POWERS[exponent] ?? Number.NaN);
  }
  return undefined;
}

/** The slow way, for bytes whose form is already proved. `exponent` is NaN where it was none. */
function sizeOf(bytes: Uint8Array, start: number, end: number, exponent: number): number {
  if (Number.isNaN(exponent)) return Number.NaN;
  const size = Number(latin.decode(bytes.subarray(start, end)));
  return Number.isFinite(size) ? size : Number.NaN;
}

/** The value of `e-12` at `start`, or NaN when something else stands there. */
function exponentAt(bytes: Uint8Array, start: number, end: number): number {
  const letter = bytes[start] ?? 0;
  if (letter !== 0x65 && letter !== 0x45) return Number.NaN;
  const sign = bytes[start + 1] ?? 0;
  const from = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  if (from >= end) return Number.NaN;
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = Math.min(value * 10 + digit, EXPONENT_CEILING);
  }
  return sign === MINUS ? -value : value;
}
