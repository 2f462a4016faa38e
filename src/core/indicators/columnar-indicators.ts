/** Indicators over a whole series, computed once: what a replay reads. */

import type { CandleColumns, PriceColumn } from '../domain/candles.ts';
import { IncrementalAtr } from './atr.ts';
import { bollingerColumns } from './bollinger.ts';
import { IncrementalEma } from './ema.ts';
import { checkAgo, type IndicatorSet, type Line, type SmaCross } from './indicator-set.ts';
import { IncrementalMacd } from './macd.ts';
import { IncrementalRsi } from './rsi.ts';
import { smaColumn } from './sma.ts';
import { NO_RELATION, smaRelationColumn } from './sma-relation.ts';

/** The bar that has just closed, by index. Moved by the engine. */
export interface Cursor {
  readonly index: number;
}

/** Lines read at `cursor`; asking twice for the same figures computes them twice, so ask in `init`. */
export function columnarIndicators(candles: CandleColumns, cursor: Cursor): IndicatorSet {
  const { length } = candles;
  const line = (values: Float64Array): Line => new ColumnLine(values, cursor);
  return {
    price: (column) => line(candles[column]),
    sma: (source, period) => line(smaColumn(candles[source], length, period)),
    ema: (source, period) => line(pushAll(candles, source, new IncrementalEma(period))),
    rsi: (source, period) => line(pushAll(candles, source, new IncrementalRsi(period))),
    macd(source, fast, slow, signal) {
      const columns = macdColumns(candles, source, new IncrementalMacd(fast, slow, signal));
      return {
        line: line(columns.line),
        signal: line(columns.signal),
        histogram: line(columns.histogram),
      };
    },
    bollinger(source, period, deviations) {
      const middle = smaColumn(candles[source], length, period);
      const columns = bollingerColumns(candles[source], middle, period, deviations);
      return { middle: line(middle), upper: line(columns.upper), lower: line(columns.lower) };
    },
    atr: (period) => line(atrColumn(candles, new IncrementalAtr(period))),
    smaCross: (source, fast, slow) => new ColumnCross(candles, source, fast, slow, cursor),
  };
}

class ColumnLine implements Line {
  readonly #values: Float64Array;
  readonly #cursor: Cursor;

  constructor(values: Float64Array, cursor: Cursor) {
    this.#values = values;
    this.#cursor = cursor;
  }

  at(ago: number): number {
    checkAgo(ago);
    return this.#values[this.#cursor.index - ago] ?? NaN;
  }
}

class ColumnCross implements SmaCross {
  readonly #candles: CandleColumns;
  readonly #source: PriceColumn;
  readonly #periods: readonly [fast: number, slow: number];
  readonly #relation: Int8Array;
  readonly #cursor: Cursor;
  #fast: Line | null = null;
  #slow: Line | null = null;

  constructor(
    candles: CandleColumns,
    source: PriceColumn,
    fast: number,
    slow: number,
    cursor: Cursor,
  ) {
    this.#candles = candles;
    this.#source = source;
    this.#periods = [fast, slow];
    this.#relation = smaRelationColumn(candles[source], candles.length, fast, slow);
    this.#cursor = cursor;
  }

  /** The averages themselves are computed only for a strategy that reads them. */
  get fast(): Line {
    return (this.#fast ??= this.#average(this.#periods[0]));
  }

  get slow(): Line {
    return (this.#slow ??= this.#average(this.#periods[1]));
  }

  crossedAbove(): boolean {
    const { index } = this.#cursor;
    // Before the first bar there is no relation either: a missing entry is not 0 or below.
    return this.#relation[index] === 1 && (this.#relation[index - 1] ?? NO_RELATION) <= 0;
  }

  crossedBelow(): boolean {
    const { index } = this.#cursor;
    const before = this.#relation[index - 1] ?? NO_RELATION;
    return this.#relation[index] === -1 && (before === 0 || before === 1);
  }

  #average(period: number): Line {
    const { length } = this.#candles;
    return new ColumnLine(smaColumn(this.#candles[this.#source], length, period), this.#cursor);
  }
}

function pushAll(
  candles: CandleColumns,
  source: PriceColumn,
  indicator: { push(value: number): number },
): Float64Array {
  const values = candles[source];
  const column = new Float64Array(candles.length);
  for (let index = 0; index < column.length; index += 1) {
    column[index] = indicator.push(values[index] ?? NaN);
  }
  return column;
}

function macdColumns(candles: CandleColumns, source: PriceColumn, macd: IncrementalMacd) {
  const values = candles[source];
  const line = new Float64Array(candles.length);
  const signal = new Float64Array(candles.length);
  const histogram = new Float64Array(candles.length);
  for (let index = 0; index < line.length; index += 1) {
    macd.push(values[index] ?? NaN);
    line[index] = macd.line;
    signal[index] = macd.signal;
    histogram[index] = macd.histogram;
  }
  return { line, signal, histogram };
}

function atrColumn({ high, low, close, length }: CandleColumns, atr: IncrementalAtr): Float64Array {
  const column = new Float64Array(length);
  for (let index = 0; index < length; index += 1) {
    column[index] = atr.push(high[index] ?? NaN, low[index] ?? NaN, close[index] ?? NaN);
  }
  return column;
}
