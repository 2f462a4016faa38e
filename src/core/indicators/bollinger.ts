/**
 * Bollinger bands (J. Bollinger; TA-Lib BBANDS): the simple average, and bands `deviations` population standard
 * deviations (ddof 0) above and below it, defined from index `period − 1`.
 * The deviation is taken from its window anew at each bar: a sliding sum of squares drifts (1e-6 after half a million bars).
 */

import { checkPeriod } from './period.ts';
import { IncrementalSma } from './sma.ts';

export class IncrementalBollinger {
  readonly #deviations: number;
  readonly #sma: IncrementalSma;
  readonly #ring: Float64Array;
  #next = 0;
  middle = NaN;
  upper = NaN;
  lower = NaN;

  constructor(period: number, deviations: number) {
    checkPeriod('the Bollinger bands', period);
    checkDeviations(deviations);
    this.#deviations = deviations;
    this.#sma = new IncrementalSma(period);
    this.#ring = new Float64Array(period);
  }

  /** Moves `middle`, `upper` and `lower` on; NaN until the window is full. */
  push(value: number): void {
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#ring.length;
    this.middle = this.#sma.push(value);
    const width = this.#deviations * this.#deviation();
    this.upper = this.middle + width;
    this.lower = this.middle - width;
  }

  /** Oldest first, as a column is read, so that both forms round alike. */
  #deviation(): number {
    const ring = this.#ring;
    let squares = 0;
    for (let step = 0; step < ring.length; step += 1) {
      const distance = (ring[(this.#next + step) % ring.length] ?? NaN) - this.middle;
      squares += distance * distance;
    }
    return Math.sqrt(squares / ring.length);
  }
}

export interface BollingerColumns {
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** @param middle the simple average of `values` over `period` */
export function bollingerColumns(
  values: Float64Array,
  middle: Float64Array,
  period: number,
  deviations: number,
): BollingerColumns {
  checkDeviations(deviations);
  const upper = new Float64Array(middle.length).fill(NaN);
  const lower = new Float64Array(middle.length).fill(NaN);
  for (let index = period - 1; index < middle.length; index += 1) {
    const mean = middle[index] ?? NaN;
    let squares = 0;
    for (let step = index - period + 1; step <= index; step += 1) {
      const distance = (values[step] ?? NaN) - mean;
      squares += distance * distance;
    }
    const width = deviations * Math.sqrt(squares / period);
    upper[index] = mean + width;
    lower[index] = mean - width;
  }
  return { middle, upper, lower };
}

function checkDeviations(deviations: number): void {
  if (!(deviations > 0 && Number.isFinite(deviations))) {
    throw new RangeError(`The bands are ${deviations} deviations wide, but must be more than 0.`);
  }
}
