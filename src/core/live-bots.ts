/** Bots that see one bar after another: makes them from their configuration and feeds their indicators. */

import type { BotConfig } from './bot/bot-config.ts';
import type { BotSetup } from './bot/bot.ts';
import { emptyCandles, type CandleColumns, type CandleRow } from './domain/candles.ts';
import type { Instrument } from './domain/instrument.ts';
import { incrementalIndicators, type LiveIndicators } from './indicators/incremental-indicators.ts';
import { findStrategy } from './strategies/registry.ts';
import type { StrategyRun } from './strategies/strategy.ts';

/** Figures that a strategy can look back on. */
const HISTORY = 1_000;

interface LiveSeries {
  /** The bar that has just closed, and nothing else. */
  readonly candles: CandleColumns;
  readonly indicators: LiveIndicators;
  /** Start of the last bar seen, ms UTC. */
  lastTime: number;
}

export class LiveBots {
  readonly #series = new Map<string, LiveSeries>();

  /** @throws Error when the strategy or its parameters do not exist: whoever adds a bot has checked them */
  create(config: BotConfig, instrument: Instrument): BotSetup {
    const candles = emptyCandles(1);
    const indicators = incrementalIndicators(HISTORY);
    this.#series.set(config.id, { candles, indicators, lastTime: -Infinity });
    return {
      id: config.id,
      instrument,
      timeframe: config.timeframe,
      candles,
      cursor: { index: 0 },
      strategy: startStrategy(config, indicators),
      sizing: config.sizing,
      exits: config.exits,
    };
  }

  /** Moves a bot's series on by a bar. @returns whether it is newer than the last */
  push(botId: string, bar: CandleRow): boolean {
    const series = this.#series.get(botId);
    if (series === undefined) throw new Error(`There is no bot ${botId}.`);
    const [time, open, high, low, close, volume] = bar;
    if (time <= series.lastTime) return false;
    series.lastTime = time;
    const { candles } = series;
    candles.time[0] = time;
    candles.open[0] = open;
    candles.high[0] = high;
    candles.low[0] = low;
    candles.close[0] = close;
    candles.volume[0] = volume;
    series.indicators.push(bar);
    return true;
  }

  /** Start of the last bar a bot has seen, ms UTC; `null` before the first. */
  lastBar(botId: string): number | null {
    const time = this.#series.get(botId)?.lastTime ?? -Infinity;
    return time === -Infinity ? null : time;
  }

  /** As `lastBar`, of all that have seen one. */
  lastBars(): Readonly<Record<string, number>> {
    const seen = [...this.#series].filter(([, { lastTime }]) => lastTime !== -Infinity);
    return Object.fromEntries(seen.map(([botId, { lastTime }]) => [botId, lastTime]));
  }

  remove(botId: string): void {
    this.#series.delete(botId);
  }
}

function startStrategy(config: BotConfig, indicators: LiveIndicators): StrategyRun | null {
  if (config.strategy === null) return null;
  const { name, params } = config.strategy;
  const configured = findStrategy(name)?.configure(params);
  if (configured === undefined) throw new Error(`There is no strategy "${name}".`);
  if (!configured.ok) throw new Error(configured.error.sentence);
  return configured.value.init({ indicators, price: (column) => indicators.price(column) });
}
