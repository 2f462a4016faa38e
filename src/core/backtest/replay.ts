/** Drives the engine and the simulated market through a series of bars: the pump of a backtest. */

import { assertNever } from '../domain/assert-never.ts';
import type { Denial } from '../domain/denial.ts';
import type { Fill } from '../domain/fill.ts';
import type { CandleColumns } from '../domain/candles.ts';
import type { Bot } from '../bot/bot.ts';
import type { Engine } from '../engine.ts';
import type { Decision } from '../events.ts';
import type { SimulatedMarket } from '../matching/simulated-market.ts';

/** What happened on the way; the trades are in the engine's ledger. */
export interface Replayed {
  /** Marked to each bar's close, in quote. */
  readonly equity: Float64Array;
  readonly denials: readonly Denial[];
  /** Bars at whose close a position was open. */
  readonly barsInMarket: number;
}

/** Bars between two looks at the outside world: about a hundred a second at full speed. */
const BARS_PER_CHUNK = 65_536;

/**
 * Replays every bar: open, inside, close.
 * @param onProgress told the fraction done now and then; answering `false` ends the replay
 * @returns `null` when it was ended
 */
export function replay(
  candles: CandleColumns,
  engine: Engine,
  bot: Bot,
  market: SimulatedMarket,
  onProgress: (fraction: number) => boolean,
): Replayed | null {
  const { length } = candles;
  const equity = new Float64Array(length);
  const denials: Denial[] = [];
  let barsInMarket = 0;
  for (let start = 0; start < length; start += BARS_PER_CHUNK) {
    if (!onProgress(start / length)) return null;
    const end = Math.min(start + BARS_PER_CHUNK, length);
    barsInMarket += replayChunk(start, end, engine, bot, market, equity, denials);
  }
  return onProgress(1) ? { equity, denials, barsInMarket } : null;
}

function replayChunk(
  start: number,
  end: number,
  engine: Engine,
  bot: Bot,
  market: SimulatedMarket,
  equity: Float64Array,
  denials: Denial[],
): number {
  const { account } = engine;
  const { position } = bot.holding;
  let barsInMarket = 0;
  for (let index = start; index < end; index += 1) {
    const opened = engine.openBar(bot, index);
    if (opened.length > 0) carryOut(opened, engine, market, denials);
    if (market.hasOrders) {
      settle(market.atOpen(index), engine, market, denials);
      settleInside(index, engine, market, denials);
    }
    const closed = engine.closeBar(bot, index);
    if (closed.length > 0) carryOut(closed, engine, market, denials);
    if (position.isOpen) barsInMarket += 1;
    equity[index] = account.equity();
  }
  return barsInMarket;
}

/** A fill can place new orders that the same bar fills: an entry and its stop. */
function settleInside(
  index: number,
  engine: Engine,
  market: SimulatedMarket,
  denials: Denial[],
): void {
  let fills = market.inside(index);
  while (fills.length > 0) {
    settle(fills, engine, market, denials);
    fills = market.inside(index);
  }
}

function settle(
  fills: readonly Fill[],
  engine: Engine,
  market: SimulatedMarket,
  denials: Denial[],
): void {
  for (const fill of fills) {
    const event = { kind: 'order-filled', orderId: fill.orderId, fill } as const;
    carryOut(engine.process(event), engine, market, denials);
  }
}

function carryOut(
  decisions: readonly Decision[],
  engine: Engine,
  market: SimulatedMarket,
  denials: Denial[],
): void {
  for (const decision of decisions) {
    switch (decision.kind) {
      case 'submit':
        market.submit(decision.order);
        break;
      case 'submit-pair':
        market.submit(decision.stop);
        market.submit(decision.target);
        break;
      case 'cancel':
        confirmCancel(decision.orderId, engine, market, denials);
        break;
      case 'denied':
        denials.push(decision.denial);
        break;
      case 'live-off':
      case 'alert':
      case 'look-up':
      case 'reconcile':
        // There is nobody to tell, and nothing that would not be known.
        break;
      default:
        assertNever(decision);
    }
  }
}

/** An order that was still there is gone at once; one that has just filled has told so already. */
function confirmCancel(
  orderId: string,
  engine: Engine,
  market: SimulatedMarket,
  denials: Denial[],
): void {
  if (!market.cancel(orderId)) return;
  const { time } = engine.account;
  const event = { kind: 'order-cancelled', orderId, time, filledAmount: 0 } as const;
  carryOut(engine.process(event), engine, market, denials);
}
