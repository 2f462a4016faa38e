/** Prices as the exchange publishes them: a ticker that is asked a few times, and the bars of a chart. No key is needed. */

import { z } from 'zod';
import { strategyParams } from './backtest.ts';
import { stream } from './define.ts';
import { float64Column, symbol, timeframe, timestamp } from './shared-schemas.ts';

/** `sample` is a practice market whose prices are made up. */
export const MARKET_VENUES = ['binanceus', 'binance', 'kraken', 'coinbase', 'sample'] as const;

const venue = z.enum(MARKET_VENUES);

const tick = z.strictObject({
  /** ms UTC; when it was read. */
  time: timestamp,
  bid: z.number(),
  ask: z.number(),
  /** From 1 on. */
  count: z.number().int(),
});

/** Oldest first; the times are starts of bars, ms UTC. */
const marketBars = z.strictObject({
  time: float64Column,
  open: float64Column,
  high: float64Column,
  low: float64Column,
  close: float64Column,
  volume: float64Column,
  /** What the strategy reads, one figure a bar, NaN before its warm-up; `below` is no price. */
  lines: z.array(
    z.strictObject({
      name: z.string(),
      pane: z.enum(['price', 'below']),
      values: float64Column,
    }),
  ),
});

export const marketContract = {
  /** The best prices, `times` times, every so many seconds; ends by itself. */
  'market.poll': stream(
    z.strictObject({
      venue,
      symbol,
      everySeconds: z.number().int().min(1).max(3_600),
      times: z.number().int().min(1).max(1_000),
    }),
    tick,
    'latest',
  ),
  /** The last bars that have closed, and all of them again whenever one more has. */
  'market.bars': stream(
    z.strictObject({
      venue,
      symbol,
      timeframe,
      count: z.number().int().min(1).max(1_000),
      /** Whose lines are wanted. */
      strategy: z
        .strictObject({ name: z.string().min(1).max(60), params: strategyParams })
        .nullable()
        .default(null),
    }),
    marketBars,
    'latest',
  ),
} as const;

export type MarketVenue = (typeof MARKET_VENUES)[number];
export type MarketTick = z.infer<typeof tick>;
export type MarketBars = z.infer<typeof marketBars>;
