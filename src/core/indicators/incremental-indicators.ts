/** Indicators that grow by one bar at a time: what a live bot reads. The same figures as the columns of a replay. */

import type { CandleRow, PriceColumn } from '../domain/candles.ts';
import { IncrementalAtr } from './atr.ts';
import { IncrementalBollinger } from './bollinger.ts';
import { IncrementalEma } from './ema.ts';
import { checkAgo, type IndicatorSet, type Line, type SmaCross } from './indicator-set.ts';
import { IncrementalMacd } from './macd.ts';
import { checkPeriod } from './period.ts';
import { IncrementalRsi } from './rsi.ts';
import { rememberLines } from './remember.ts';
import { IncrementalSma } from './sma.ts';
import { IncrementalSmaRelation, NO_RELATION } from './sma-relation.ts';
import { WARM_UP } from './warm-up.ts';

/** The last `history` figures of one indicator. */
class RingLine implements Line {
  readonly warmUp: number;
  readonly #ring: Float64Array;
  #next = 0;

  constructor(history: number, warmUp: number) {
    this.warmUp = warmUp;
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
 * @param history how many figures a line keeps, 2 or more; older ones read as NaN
 * @throws RangeError on a bad history, and (from the returned set) on a bad length or when an indicator is asked for
 * after the first bar
 */
export function incrementalIndicators(history: number): LiveIndicators {
  // A crossing looks at two bars.
  checkPeriod('the history of a line', history, 2);
  const listeners: BarListener[] = [];
  let begun = false;
  const onBar: Subscribe = (listener) => {
    if (begun) throw new RangeError('Indicators are declared before the first bar.');
    listeners.push(listener);
  };
  return {
    ...rememberLines(linesOf(history, onBar)),
    push(bar) {
      begun = true;
      for (const listener of listeners) listener(bar);
    },
  };
}

type Subscribe = (listener: BarListener) => void;

function linesOf(history: number, onBar: Subscribe): IndicatorSet {
  const newLine = (warmUp: number, next: (bar: CandleRow) => number): Line => {
    const line = new RingLine(history, warmUp);
    onBar((bar) => line.push(next(bar)));
    return line;
  };
  const over = (
    source: PriceColumn,
    warmUp: number,
    indicator: { push(value: number): number },
  ): Line => newLine(warmUp, (bar) => indicator.push(bar[COLUMN_INDEX[source]]));
  const sma = (source: PriceColumn, period: number): Line =>
    over(source, WARM_UP.sma(period), new IncrementalSma(period));
  return {
    price: (column) => newLine(WARM_UP.price, (bar) => bar[COLUMN_INDEX[column]]),
    sma,
    ema: (source, period) => over(source, WARM_UP.ema(period), new IncrementalEma(period)),
    rsi: (source, period) => over(source, WARM_UP.rsi(period), new IncrementalRsi(period)),
    macd(source, fast, slow, signal) {
      const macd = new IncrementalMacd(fast, slow, signal);
      const warmUp = WARM_UP.macd(slow, signal);
      onBar((bar) => macd.push(bar[COLUMN_INDEX[source]]));
      return {
        line: newLine(warmUp, () => macd.line),
        signal: newLine(warmUp, () => macd.signal),
        histogram: newLine(warmUp, () => macd.histogram),
      };
    },
    bollinger(source, period, deviations) {
      const bands = new IncrementalBollinger(period, deviations);
      const warmUp = WARM_UP.bollinger(period);
      onBar((bar) => bands.push(bar[COLUMN_INDEX[source]]));
      return {
        middle: newLine(warmUp, () => bands.middle),
        upper: newLine(warmUp, () => bands.upper),
        lower: newLine(warmUp, () => bands.lower),
      };
    },
    atr(period) {
      const atr = new IncrementalAtr(period);
      return newLine(WARM_UP.atr(period), (bar) => atr.push(bar[2], bar[3], bar[4]));
    },
    smaCross(source, fast, slow) {
      const warmUp = WARM_UP.sma(Math.max(fast, slow));
      const relation = over(source, warmUp, new IncrementalSmaRelation(fast, slow));
      return crossOf(relation, sma(source, fast), sma(source, slow));
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
