/** What is traded: a spot pair and the exchange's rules for it. */

import { fail, ok, type Failure, type Result } from './result.ts';

/** A spot pair. Steps and minimums are `null` where the exchange (or a bare candle file) states none. */
export interface Instrument {
  /** ccxt's form, `BASE/QUOTE`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Amounts are multiples of this, in base. */
  readonly amountStep: number | null;
  /** The exchange's own least amount of an order, in base. */
  readonly minAmount: number | null;
  /** Prices are multiples of this, in quote. */
  readonly priceStep: number | null;
  /** The exchange's own minimum notional, in quote. */
  readonly minCost: number | null;
}

/**
 * Whether an exchange takes orders in a pair: `halted`, not now; `gone`, it does not know the pair (any more). What rests
 * there may rest on.
 */
export type TradingStatus = 'trades' | 'halted' | 'gone';

const SYMBOL = /^([A-Z0-9]{1,20})\/([A-Z0-9]{1,20})$/;

/** An instrument without exchange rules, from `BTC/USDT`. */
export function instrumentFromSymbol(
  symbol: string,
): Result<Instrument, Failure<'SYMBOL_INVALID'>> {
  const match = SYMBOL.exec(symbol);
  const base = match?.[1];
  const quote = match?.[2];
  if (base === undefined || quote === undefined || base === quote) {
    return fail(
      'SYMBOL_INVALID',
      `"${symbol}" is not a symbol: write base and quote in capitals with a slash between, as in BTC/USDT.`,
    );
  }
  return ok({
    symbol,
    base,
    quote,
    amountStep: null,
    minAmount: null,
    priceStep: null,
    minCost: null,
  });
}
