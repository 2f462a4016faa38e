/** Exact decimals: what a float64 is written as, and whole multiples of a step, without an exponent anywhere. */

/** `units` × 10^−`places`. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Digits that float64 carries there and back again. */
const EXACT_DIGITS = 15;

const NUMBER = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** The shortest decimal that is this float64. @throws RangeError for what is no number above or at zero */
export function decimalOf(value: number): Decimal {
  const [, whole, fraction = '', exponent = '0'] = NUMBER.exec(String(value)) ?? [];
  if (whole === undefined) throw new RangeError(`${value} is no price and no amount.`);
  const places = fraction.length - Number(exponent);
  const units = BigInt(`${whole}${fraction}`);
  return places >= 0 ? { units, places } : { units: units * tenTo(-places), places: 0 };
}

export function textOf({ units, places }: Decimal): string {
  const digits = String(units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

export type Rounding = 'down' | 'up';

/** How many steps a value is. */
export function stepsIn(value: Decimal, step: Decimal, rounding: Rounding): bigint {
  const numerator = value.units * tenTo(step.places);
  const denominator = step.units * tenTo(value.places);
  const steps = numerator / denominator;
  return rounding === 'up' && steps * denominator < numerator ? steps + 1n : steps;
}

/** How many steps of `step` can be bought for `cost` at `price`, never for more. */
export function stepsFor(cost: Decimal, price: Decimal, step: Decimal): bigint {
  const numerator = cost.units * tenTo(price.places + step.places);
  return numerator / (price.units * step.units * tenTo(cost.places));
}

/** So many steps, rounded further where float64 could not carry all their digits. */
export function stepsTimes(steps: bigint, step: Decimal, rounding: Rounding): Decimal {
  const { places } = step;
  const digits = String(steps * step.units);
  const isExact = digits.replace(/0+$/, '').length <= EXACT_DIGITS;
  const grain = isExact ? 1n : tenTo(digits.length - EXACT_DIGITS);
  const whole = (steps / grain) * grain;
  if (whole === 0n) return { units: steps * step.units, places };
  const kept = rounding === 'up' && whole < steps ? whole + grain : whole;
  return { units: kept * step.units, places };
}

function tenTo(power: number): bigint {
  return 10n ** BigInt(power);
}
