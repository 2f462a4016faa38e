/** The one place where an undefined figure becomes `null`: no report ever holds NaN or Infinity. */

/** The value itself, or `null` where a division by nothing or an overflow has left no number. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** `part / whole`, or `null` where that is no number. */
export function ratioOrNull(part: number, whole: number): number | null {
  return finiteOrNull(part / whole);
}
