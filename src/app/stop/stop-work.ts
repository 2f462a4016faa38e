/** What carrying a stop out at an exchange works with. */

import type { ExchangePort } from '../../core/ports/exchange.ts';
import type { Unfound } from '../../core/reconciliation/arrival.ts';
import type { StopBooks } from './stop-books.ts';
import type { StopSale } from './stop-order.ts';

export interface StopAtExchange {
  readonly exchange: Pick<
    ExchangePort,
    | 'name'
    | 'arrivalMs'
    | 'openOrders'
    | 'cancel'
    | 'find'
    | 'balances'
    | 'trades'
    | 'topOfBook'
    | 'submit'
  >;
  readonly books: StopBooks;
  readonly flatten: boolean;
  /** What our order ids begin with. */
  readonly prefixes: readonly string[];
  /** Where to look, besides the symbols of the books. */
  readonly symbols: readonly string[];
  /** Sales of earlier attempts. */
  readonly sales: readonly StopSale[];
  /** What was asked for and not found, by this and earlier attempts. */
  readonly unfound: Unfound;
  /** What orders had traded when the exchange withdrew them for this stop, in base, by id; `null` where it did not say. */
  readonly tradedAtEnd: Map<string, number | null>;
  readonly newSaleId: () => string;
  /** Keeps a sale on disk. */
  readonly noteSale: (sale: Omit<StopSale, 'place'>) => void;
  readonly saleRefused: (orderId: string) => void;
  /** ms UTC. */
  readonly now: () => number;
}
