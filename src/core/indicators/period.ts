/** Refuses lengths that no indicator can have. */

/** @throws RangeError unless `period` is a whole number of at least `least` */
export function checkPeriod(name: string, period: number, least = 1): void {
  if (!Number.isInteger(period) || period < least) {
    throw new RangeError(
      `The length of ${name} is ${period}, but must be a whole number from ${least}.`,
    );
  }
}
