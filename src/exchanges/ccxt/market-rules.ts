/** An instrument from ccxt's market: the exchange's steps and minimums, `null` where it states none. */

import type { MarketInterface } from 'ccxt';
import type { Instrument } from '../../core/domain/instrument.ts';

export function instrumentFromMarket(market: MarketInterface): Instrument {
  return {
    symbol: market.symbol,
    base: market.base,
    quote: market.quote,
    amountStep: stated(market.precision.amount),
    minAmount: stated(market.limits.amount?.min),
    priceStep: stated(market.precision.price),
    minCost: stated(market.limits.cost?.min),
  };
}

/** Binance writes 0 for a rule that it has switched off. */
function stated(rule: number | undefined): number | null {
  return rule !== undefined && rule > 0 ? rule : null;
}
