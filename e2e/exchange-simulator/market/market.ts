/** One pair's market: its last price, its bars, its latest trades and the depth around it. */

import { floorTo, type Units } from '../decimal.ts';
import type { SymbolRules } from '../symbols.ts';
import { barStart, joinMinutes, MINUTE_MS, withTrade, type Bar } from './bars.ts';
import { createDepth, type Depth } from './depth.ts';
import type { Move, PriceSource } from './source.ts';

export interface MarketTrade extends Move {
  readonly id: number;
  readonly buyerIsMaker: boolean;
}

export interface BarQuery {
  /** ms of one bar. */
  readonly length: number;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly limit: number;
  readonly now: number;
}

export interface Market {
  readonly rules: SymbolRules;
  readonly last: () => Units;
  readonly depth: () => Depth;
  /** Grows whenever the book may have changed. */
  readonly updateId: () => number;
  /** Tells of a trade that changed the book without moving the price. */
  readonly touch: () => void;
  readonly nextTime: () => number | undefined;
  /** Makes the next move of its own. */
  readonly step: () => MarketTrade;
  /** Puts the price where it is wanted; throws unless that is a price the pair can have. */
  readonly moveTo: (price: Units, time: number) => MarketTrade;
  /** Oldest first, the forming one among them. */
  readonly bars: (query: BarQuery) => readonly Bar[];
  readonly latestTrades: () => readonly MarketTrade[];
}

const TRADES_KEPT = 1_000;

export function createMarket(rules: SymbolRules, source: PriceSource): Market {
  const minutes = new Map<number, Bar>();
  const trades: MarketTrade[] = [];
  let last = source.startPrice;
  let depth: Depth | undefined;
  let updateId = 1;
  let tradeId = 0;

  const record = (move: Move): MarketTrade => {
    tradeId += 1;
    const trade = { ...move, id: tradeId, buyerIsMaker: move.price < last };
    const start = barStart(move.time, MINUTE_MS);
    // The minute in which the simulator started has a past of its own.
    const bar = minutes.get(start) ?? source.pastMinute(start);
    minutes.set(start, withTrade(bar, move.time, move.price, move.quantity));
    trades.push(trade);
    if (trades.length > TRADES_KEPT) trades.shift();
    last = move.price;
    depth = undefined;
    updateId += 1;
    return trade;
  };

  const minute = (start: number): Bar | undefined => minutes.get(start) ?? source.pastMinute(start);

  return {
    rules,
    last: () => last,
    depth: () => (depth ??= createDepth(rules, last)),
    updateId: () => updateId,
    touch: () => {
      updateId += 1;
    },
    nextTime: source.nextTime,
    step: () => record(source.next(last)),
    moveTo: (price, time) => {
      if (
        price < rules.minPrice ||
        price > rules.maxPrice ||
        floorTo(price, rules.tick) !== price
      ) {
        throw new RangeError(`${rules.name} cannot have that price.`);
      }
      return record({ time, price, quantity: rules.step });
    },
    bars: (query) => barsOf(query, minute, source),
    latestTrades: () => trades,
  };
}

function barsOf(
  query: BarQuery,
  minute: (start: number) => Bar | undefined,
  source: PriceSource,
): readonly Bar[] {
  const { length, limit, now } = query;
  const oldest = Math.ceil(source.earliest / length) * length;
  const end = Math.min(query.endTime ?? now, now);
  const earliestWanted = query.startTime ?? barStart(end, length) - (limit - 1) * length;
  const aligned = barStart(Math.max(earliestWanted, oldest), length);
  const first = aligned < Math.max(earliestWanted, oldest) ? aligned + length : aligned;
  const bars: Bar[] = [];
  let before = closeBefore(first, minute, source);
  for (let start = first; start <= end && bars.length < limit; start += length) {
    const bar = joinMinutes(minute, { start, length, now }, before);
    bars.push(bar);
    before = bar.close;
  }
  return bars;
}

function closeBefore(
  time: number,
  minute: (start: number) => Bar | undefined,
  source: PriceSource,
): Units {
  for (let start = barStart(time - 1, MINUTE_MS); start >= source.earliest; start -= MINUTE_MS) {
    const bar = minute(start);
    if (bar !== undefined) return bar.close;
  }
  return source.startPrice;
}
