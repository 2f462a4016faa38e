/** Indicators over a whole series, computed once: what a replay reads. */

import type { CandleColumns, PriceColumn } from '../domain/candles.ts';
import { IncrementalAtr } from './atr.ts';
import { bollingerColumns } from './bollinger.ts';
import { tickColumn, type TickColumn } from './decimal-ticks.ts';
import { IncrementalEma } from './ema.ts';
import { checkAgo, type IndicatorSet, type Line, type SmaCross } from './indicator-set.ts';
import { IncrementalMacd } from './macd.ts';
import { IncrementalRsi } from './rsi.ts';
import { smaColumn } from './sma.ts';
import { WARM_UP } from './warm-up.ts';
import { remember, rememberLines } from './remember.ts';
import { NO_RELATION, smaRelationColumn } from './sma-relation.ts';

/** The bar that has just closed, by index. Moved by the engine. */
export interface Cursor {
  readonly index: number;
}

/** Lines read at `cursor`. Each is computed when it is asked for, so ask in `init`; asked for twice it is computed once. */
export function columnarIndicators(candles: CandleColumns, cursor: Cursor): IndicatorSet {
  const averages = simpleAverages(candles);
  const line = (values: Float64Array, warmUp: number): Line =>
    new ColumnLine(values, warmUp, cursor);
  const sma = (source: PriceColumn, period: number): Line =>
    line(averages.column(source, period), WARM_UP.sma(period));
  return rememberLines({
    price: (column) => line(candles[column], WARM_UP.price),
    sma,
    ema: (source, period) =>
      line(pushAll(candles, source, new IncrementalEma(period)), WARM_UP.ema(period)),
    rsi: (source, period) =>
      line(pushAll(candles, source, new IncrementalRsi(period)), WARM_UP.rsi(period)),
    macd(source, fast, slow, signal) {
      const columns = macdColumns(candles, source, new IncrementalMacd(fast, slow, signal));
      const warmUp = WARM_UP.macd(slow, signal);
      return {
        line: line(columns.line, warmUp),
        signal: line(columns.signal, warmUp),
        histogram: line(columns.histogram, warmUp),
      };
    },
    bollinger(source, period, deviations) {
      const middle = averages.column(source, period);
      const columns = bollingerColumns(candles[source], middle, period, deviations);
      const warmUp = WARM_UP.bollinger(period);
      return {
        middle: line(middle, warmUp),
        upper: line(columns.upper, warmUp),
        lower: line(columns.lower, warmUp),
      };
    },
    atr: (period) => line(atrColumn(candles, new IncrementalAtr(period)), WARM_UP.atr(period)),
    smaCross: (source, fast, slow) =>
      new ColumnCross(
        averages.relation(source, fast, slow),
        () => sma(source, fast),
        () => sma(source, slow),
        cursor,
      ),
  });
}

/** Simple averages and their relations; the ticks of a column are told once for all of them. */
function simpleAverages(candles: CandleColumns) {
  const { length } = candles;
  const ticks = remember<TickColumn | null>();
  const ticksOf = (source: PriceColumn): TickColumn | null =>
    ticks(source, () => tickColumn(candles[source], length));
  return {
    column: (source: PriceColumn, period: number): Float64Array =>
      smaColumn(candles[source], length, period, ticksOf(source)),
    relation: (source: PriceColumn, fast: number, slow: number): Int8Array =>
      smaRelationColumn(candles[source], length, fast, slow, ticksOf(source)),
  };
}

class ColumnLine implements Line {
  readonly warmUp: number;
  readonly #values: Float64Array;
  readonly #cursor: Cursor;

  constructor(values: Float64Array, warmUp: number, cursor: Cursor) {
    this.warmUp = warmUp;
    this.#values = values;
    this.#cursor = cursor;
  }

  at(ago: number): number {
    checkAgo(ago);
    return this.#values[this.#cursor.index - ago] ?? NaN;
  }
}

class ColumnCross implements SmaCross {
  readonly #relation: Int8Array;
  readonly #makeFast: () => Line;
  readonly #makeSlow: () => Line;
  readonly #cursor: Cursor;
  #fast: Line | null = null;
  #slow: Line | null = null;

  constructor(relation: Int8Array, makeFast: () => Line, makeSlow: () => Line, cursor: Cursor) {
    this.#relation = relation;
    this.#makeFast = makeFast;
    this.#makeSlow = makeSlow;
    this.#cursor = cursor;
  }

  /** The averages themselves are computed only for a strategy that reads them. */
  get fast(): Line {
    return (this.#fast ??= this.#makeFast());
  }

  get slow(): Line {
    return (this.#slow ??= this.#makeSlow());
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
