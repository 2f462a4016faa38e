/** A market that never was: a seeded walk, one step a second from the start on and minute by minute back from it. */

import { floorTo, larger, smaller, units, type Units } from '../decimal.ts';
import { normal, uniformSource, type Uniform } from '../random.ts';
import type { SymbolRules } from '../symbols.ts';
import { barStart, MINUTE_MS, type Bar } from './bars.ts';
import type { PriceSource } from './source.ts';

const STEP_MS = 1_000;
/** Standard deviation of a second's change: about 60 % a year. */
const VOLATILITY = 0.000_1;
const MINUTE_VOLATILITY = VOLATILITY * Math.sqrt(60);
/** Older bars than these do not exist: the pair was listed then. */
const LISTED_MS = 400 * 24 * 60 * MINUTE_MS;

export interface WalkParts {
  readonly rules: SymbolRules;
  readonly seed: number;
  /** Tells the pairs of one seed apart. */
  readonly stream: number;
  /** ms UTC. */
  readonly start: number;
  /** A still market has a past, but moves only when it is told to. */
  readonly still: boolean;
}

export function createWalk({ rules, seed, stream, start, still }: WalkParts): PriceSource {
  const forward = uniformSource(seed, 2 * stream);
  let step = Math.floor(start / STEP_MS) + 1;
  return {
    startPrice: rules.startPrice,
    earliest: barStart(start - LISTED_MS, MINUTE_MS),
    pastMinute: createPast(rules, uniformSource(seed, 2 * stream + 1), start),
    nextTime: () => (still ? undefined : step * STEP_MS),
    next: (last) => {
      const time = step * STEP_MS;
      step += 1;
      const price = changed(rules, last, VOLATILITY * normal(forward));
      return { time, price, quantity: tradedQuantity(rules, price, forward) };
    },
  };
}

/** Made on demand, newest minute first, so that a simulator nobody asks for history starts at once. */
function createPast(
  rules: SymbolRules,
  uniform: Uniform,
  start: number,
): (minute: number) => Bar | undefined {
  const origin = barStart(start, MINUTE_MS);
  const bars: Bar[] = [];
  return (minute) => {
    if (minute >= origin || minute < start - LISTED_MS) return undefined;
    const index = (origin - minute) / MINUTE_MS - 1;
    while (bars.length <= index) {
      const close = bars.at(-1)?.open ?? rules.startPrice;
      bars.push(minuteBefore(rules, uniform, origin - (bars.length + 1) * MINUTE_MS, close));
    }
    return bars[index];
  };
}

function minuteBefore(rules: SymbolRules, uniform: Uniform, start: number, close: Units): Bar {
  const open = changed(rules, close, MINUTE_VOLATILITY * normal(uniform));
  const wick = (): number => MINUTE_VOLATILITY * uniform();
  return {
    start,
    open,
    high: changed(rules, larger(open, close), wick()),
    low: changed(rules, smaller(open, close), -wick()),
    close,
    volume: 60n * tradedQuantity(rules, close, uniform),
    trades: 60,
  };
}

function changed(rules: SymbolRules, price: Units, by: number): Units {
  const moved = floorTo(BigInt(Math.round(Number(price) * (1 + by))), rules.tick);
  return smaller(rules.maxPrice, larger(rules.minPrice, moved));
}

/** Worth up to 2,000 in the quote currency. */
function tradedQuantity(rules: SymbolRules, price: Units, uniform: Uniform): Units {
  const value = units('2000') * BigInt(Math.ceil(uniform() * 1_000)) * 100_000n;
  return larger(rules.step, floorTo(value / price, rules.step));
}
