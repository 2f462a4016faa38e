/** The lines that a strategy reads, over a chart's bars, so that one sees what it decides by. */

import type { MarketBars } from '../../contract/market.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { columnarIndicators } from '../../core/indicators/columnar-indicators.ts';
import type { IndicatorSet, Line } from '../../core/indicators/indicator-set.ts';
import { findStrategy } from '../../core/strategies/registry.ts';

export interface NamedStrategy {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type DrawnLine = MarketBars['lines'][number];

interface AskedLine {
  readonly name: string;
  readonly pane: DrawnLine['pane'];
  readonly line: Line;
}

/** @returns none where there is no such strategy or its parameters are wrong: a chart shows without, too */
export function strategyLines(strategy: NamedStrategy, candles: CandleColumns): DrawnLine[] {
  const configured = findStrategy(strategy.name)?.configure(strategy.params);
  if (configured?.ok !== true) return [];
  const cursor = { index: 0 };
  const set = columnarIndicators(candles, cursor);
  const asked: AskedLine[] = [];
  configured.value.init({
    indicators: recording(set, asked),
    price: (column) => set.price(column),
  });
  return asked.map(({ name, pane, line }) => ({
    name,
    pane,
    values: Float64Array.from({ length: candles.length }, (_, index) => {
      cursor.index = index;
      return line.at(0);
    }),
  }));
}

/** The same set, which notes what a strategy asks of it. */
function recording(set: IndicatorSet, asked: AskedLine[]): IndicatorSet {
  const note = (name: string, pane: DrawnLine['pane'], line: Line): Line => {
    asked.push({ name, pane, line });
    return line;
  };
  return {
    price: (column) => set.price(column),
    sma: (source, period) => note(`SMA ${period}`, 'price', set.sma(source, period)),
    ema: (source, period) => note(`EMA ${period}`, 'price', set.ema(source, period)),
    rsi: (source, period) => note(`RSI ${period}`, 'below', set.rsi(source, period)),
    atr: (period) => note(`ATR ${period}`, 'below', set.atr(period)),
    macd(source, fast, slow, signal) {
      const lines = set.macd(source, fast, slow, signal);
      note(`MACD ${fast}/${slow}`, 'below', lines.line);
      note(`Signal ${signal}`, 'below', lines.signal);
      return lines;
    },
    bollinger(source, period, deviations) {
      const lines = set.bollinger(source, period, deviations);
      note(`Bollinger ${period} upper`, 'price', lines.upper);
      note(`Bollinger ${period} middle`, 'price', lines.middle);
      note(`Bollinger ${period} lower`, 'price', lines.lower);
      return lines;
    },
    smaCross(source, fast, slow) {
      const cross = set.smaCross(source, fast, slow);
      note(`SMA ${fast}`, 'price', cross.fast);
      note(`SMA ${slow}`, 'price', cross.slow);
      return cross;
    },
  };
}
