/** Indicators that grow by one bar at a time: what a live bot reads. The same figures as the columns of a replay. */

import type { CandleRow, PriceColumn } from '../domain/candles.ts';
import { IncrementalAtr } from './atr.ts';
import { IncrementalBollinger } from './bollinger.ts';
import { IncrementalEma } from './ema.ts';
import { checkAgo, type IndicatorSet, type Line, type SmaCross } from './indicator-set.ts';
import { IncrementalMacd } from './macd.ts';
import { IncrementalRsi } from './rsi.ts';
import { IncrementalSma } from './sma.ts';
import { IncrementalSmaRelation, NO_RELATION } from './sma-relation.ts';

/** The last `history` figures of one indicator. */
class RingLine implements Line {
  readonly #ring: Float64Array;
  #next = 0;

  constructor(history: number) {
    this.#ring = new Float64Array(history).fill(NaN);
  }

  push(value: number): void {
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#ring.length;
  }

  at(ago: number): number {
    checkAgo(ago);
    const { length } = this.#ring;
    return ago < length ? (this.#ring[(this.#next - 1 - ago + length) % length] ?? NaN) : NaN;
  }
}

type BarListener = (bar: CandleRow) => void;

const COLUMN_INDEX: Readonly<Record<PriceColumn, 1 | 2 | 3 | 4 | 5>> = {
  open: 1,
  high: 2,
  low: 3,
  close: 4,
  volume: 5,
};

export interface LiveIndicators extends IndicatorSet {
  /** A bar has closed: every line moves on by one. */
  push(bar: CandleRow): void;
}

/**
 * @param history how many figures a line keeps; older ones read as NaN
 * @throws RangeError (from the returned set) on a bad length, or when an indicator is asked for after the first bar
 */
export function incrementalIndicators(history: number): LiveIndicators {
  const listeners: BarListener[] = [];
  let begun = false;
  const onBar = (listener: BarListener): void => {
    if (begun) throw new RangeError('Indicators are declared before the first bar.');
    listeners.push(listener);
  };
  const newLine = (next: (bar: CandleRow) => number): Line => {
    const line = new RingLine(history);
    onBar((bar) => line.push(next(bar)));
    return line;
  };
  const over = (source: PriceColumn, indicator: { push(value: number): number }): Line =>
    newLine((bar) => indicator.push(bar[COLUMN_INDEX[source]]));
  return {
    push(bar) {
      begun = true;
      for (const listener of listeners) listener(bar);
    },
    price: (column) => newLine((bar) => bar[COLUMN_INDEX[column]]),
    sma: (source, period) => over(source, new IncrementalSma(period)),
    ema: (source, period) => over(source, new IncrementalEma(period)),
    rsi: (source, period) => over(source, new IncrementalRsi(period)),
    macd(source, fast, slow, signal) {
      const macd = new IncrementalMacd(fast, slow, signal);
      onBar((bar) => macd.push(bar[COLUMN_INDEX[source]]));
      return {
        line: newLine(() => macd.line),
        signal: newLine(() => macd.signal),
        histogram: newLine(() => macd.histogram),
      };
    },
    bollinger(source, period, deviations) {
      const bands = new IncrementalBollinger(period, deviations);
      onBar((bar) => bands.push(bar[COLUMN_INDEX[source]]));
      return {
        middle: newLine(() => bands.middle),
        upper: newLine(() => bands.upper),
        lower: newLine(() => bands.lower),
      };
    },
    atr(period) {
      const atr = new IncrementalAtr(period);
      return newLine((bar) => atr.push(bar[2], bar[3], bar[4]));
    },
    smaCross(source, fast, slow) {
      const relation = over(source, new IncrementalSmaRelation(fast, slow));
      return crossOf(
        relation,
        over(source, new IncrementalSma(fast)),
        over(source, new IncrementalSma(slow)),
      );
    },
  };
}

function crossOf(relation: Line, fast: Line, slow: Line): SmaCross {
  return {
    fast,
    slow,
    crossedAbove: () => relation.at(0) === 1 && relation.at(1) <= 0,
    crossedBelow() {
      const before = relation.at(1);
      return relation.at(0) === -1 && before >= 0 && before !== NO_RELATION;
    },
  };
}
