/** Amounts in whole hundred-millionths, the eight decimals that Binance counts in: nothing is rounded by accident. */

export type Units = bigint;

export const ONE: Units = 100_000_000n;
const DECIMALS = 8;

/** `undefined` for anything but a plain decimal with at most eight places. */
export function parseUnits(text: string): Units | undefined {
  const [, whole, fraction = ''] = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text) ?? [];
  const significant = fraction.replace(/0+$/, '');
  if (whole === undefined || significant.length > DECIMALS) return undefined;
  return BigInt(whole) * ONE + BigInt(significant.padEnd(DECIMALS, '0'));
}

/** For amounts written in the code. */
export function units(text: string): Units {
  const value = parseUnits(text);
  if (value === undefined) throw new Error(`${text} is no amount.`);
  return value;
}

export function formatUnits(value: Units): string {
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0');
  const sign = value < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

/** Price times quantity, cut off after eight decimals. */
export function times(a: Units, b: Units): Units {
  return (a * b) / ONE;
}

/** The largest multiple of `step` that is not above `value`. */
export function floorTo(value: Units, step: Units): Units {
  return value - (value % step);
}

export function smaller(a: Units, b: Units): Units {
  return a < b ? a : b;
}

export function larger(a: Units, b: Units): Units {
  return a > b ? a : b;
}
