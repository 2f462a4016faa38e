/** The first trades of a new live account: as small as the exchange allows, by hand, both ways. */

import type { Instrument } from '../../core/domain/instrument.ts';
import { NO_ATTACHED_EXITS } from '../../core/bot/attached-exits.ts';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import { sellableAtStop, stopWorth } from '../../core/risk/exposure.ts';
import type { Limits } from '../../core/risk/hard-limits.ts';

export interface TestPlan {
  readonly symbol: string;
  /** In quote, to the cent. */
  readonly cost: number;
  /** Why it is more than was asked for, as a sentence. */
  readonly raisedBecause: string | null;
}

const TEST_COST = 2;

/** A price that moves between the plan and the purchase, and a stop that is sold a little below its trigger. */
const MARGIN = 0.02;

export interface TestTerms {
  readonly instrument: Instrument;
  readonly limits: Limits;
  /** In quote. */
  readonly price: number;
  /** A fraction. */
  readonly feeRate: number;
  /** As shown to the person. */
  readonly venue: string;
}

/**
 * The least that can be bought and sold again, its stop included, by the risk gate's own measure.
 * @returns the plan; its cost is more than one trade may cost where the exchange's minimum is out of reach
 */
export function testPlan({ instrument, limits, price, feeRate, venue }: TestTerms): TestPlan {
  const { symbol, quote } = instrument;
  const asked = Math.max(TEST_COST, limits.minTradeUsd);
  const minimum = instrument.minCost ?? 0;
  const stop = { kind: 'distance', fraction: limits.defaultStopDistance } as const;
  const view = { price, stop, instrument, feeRate };
  const minAmount = instrument.minAmount ?? 0;
  const isEnough = (cost: number): boolean =>
    cost >= minimum && stopWorth(cost, view) >= minimum && sellableAtStop(cost, view) >= minAmount;
  let cents = Math.round(asked * 100);
  if (minimum > 0 || minAmount > 0) {
    while (!isEnough(cents / 100 / (1 + MARGIN)) && cents / 100 <= limits.maxTradeUsd) cents += 1;
  }
  const cost = cents / 100;
  if (cost === asked) return { symbol, cost: asked, raisedBecause: null };
  const least =
    minAmount * price > minimum
      ? `${Number(minAmount.toPrecision(3))} ${instrument.base}`
      : `${Number(minimum.toPrecision(3))} ${quote}`;
  return {
    symbol,
    cost,
    raisedBecause: `Orders of ${symbol} on ${venue} need at least ${least}, and the stop below the price has to clear that too: the test buys for ${cost.toFixed(2)} ${quote}.`,
  };
}

/** The bot that keeps what a test bought; it has no strategy and decides nothing. */
export function testBot(symbol: string): BotConfig {
  return {
    id: `test ${symbol}`,
    name: `Test trade ${symbol}`,
    symbol,
    timeframe: '1m',
    strategy: null,
    sizing: { kind: 'fixed', cost: TEST_COST },
    exits: NO_ATTACHED_EXITS,
  };
}
