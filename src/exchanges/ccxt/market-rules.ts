/** An instrument from ccxt's market: the exchange's steps and minimums, `null` where it states none. */

import type { MarketInterface } from 'ccxt';
import type { Instrument } from '../../core/domain/instrument.ts';

/** The rules are the exchange's own, and not always those that ccxt makes of them. */
export function instrumentFromMarket(market: MarketInterface): Instrument {
  const { precision, limits } = market;
  const info: unknown = market.info;
  return {
    symbol: market.symbol,
    base: market.base,
    quote: market.quote,
    amountStep: stated(precision.amount),
    minAmount: stated(limits.amount?.min),
    // Kraken's tick may be coarser than the decimals that it allows, which is all that ccxt reads.
    priceStep: greater(stated(precision.price), stated(numberIn(info, 'tick_size'))),
    minCost: leastOf(filtersIn(info)) ?? stated(limits.cost?.min),
  };
}

/** Binance has two filters for the least that an order is worth, of which ccxt reads one; both hold. */
function leastOf(filters: readonly unknown[]): number | null {
  return filters.reduce<number | null>(
    (least, filter) => greater(least, stated(numberIn(filter, 'minNotional'))),
    null,
  );
}

function filtersIn(info: unknown): readonly unknown[] {
  const filters = field(info, 'filters');
  return Array.isArray(filters) ? filters : [];
}

function numberIn(object: unknown, name: string): number | undefined {
  const value = Number(field(object, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
}

function greater(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? one);
}

/** Binance writes 0 for a rule that it has switched off. */
function stated(rule: number | undefined): number | null {
  return rule !== undefined && rule > 0 ? rule : null;
}
