/** The first trades of a new live account: as small as the exchange allows, by hand, both ways. */

import type { Instrument } from '../../core/domain/instrument.ts';
import { NO_ATTACHED_EXITS } from '../../core/bot/attached-exits.ts';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Limits } from '../../core/risk/hard-limits.ts';

export interface TestPlan {
  readonly symbol: string;
  /** In quote, to the cent. */
  readonly cost: number;
  /** Why it is more than was asked for, as a sentence. */
  readonly raisedBecause: string | null;
}

const TEST_COST = 2;

/** Twice a fee that no exchange here asks more than, and a price that moves between the plan and the purchase. */
const MARGIN = 0.03;

/**
 * The least that can be bought and sold again, its stop included: a stop below the exchange's minimum would be refused.
 * @param venue as shown to the person
 */
export function testPlan(instrument: Instrument, limits: Limits, venue: string): TestPlan {
  const { symbol, quote } = instrument;
  const asked = Math.max(TEST_COST, limits.minTradeUsd);
  const minimum = instrument.minCost ?? 0;
  const least = minimum / (1 - limits.defaultStopDistance - MARGIN);
  if (least <= asked) return { symbol, cost: asked, raisedBecause: null };
  const cost = Math.ceil(least * 100) / 100;
  return {
    symbol,
    cost,
    raisedBecause: `${venue} takes no order of ${symbol} under ${minimum} ${quote}, and a stop below the price has to clear that too: the test buys for ${cost.toFixed(2)} ${quote}.`,
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
