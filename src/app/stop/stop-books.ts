/** What the books say may be open at a place: what a stop has to see to, whatever has become of the engine. */

import type { Instrument } from '../../core/domain/instrument.ts';
import type { Doubt } from '../../core/reconciliation/finding.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { TradingSession } from '../trading/session.ts';

export interface BookedPosition {
  readonly botId: string;
  readonly instrument: Instrument;
  /** In base. */
  readonly amount: number;
  /** Why it may not be sold before a person has settled it; `null` where nothing stands against it. */
  readonly doubt: Doubt | null;
}

export interface StopBooks {
  /** Those that are open, and the last that have ended. */
  readonly orders: readonly OrderRecord[];
  readonly openOrders: readonly OrderRecord[];
  /** Of every bot, flat ones too: an order that is open may have bought since. */
  readonly positions: readonly BookedPosition[];
  /** What the account held of each currency, ours and the person's. */
  readonly held: Readonly<Record<string, number>>;
}

export const NO_BOOKS: StopBooks = { orders: [], openOrders: [], positions: [], held: {} };

/** What the person holds of a coin beside all positions, in base: it is never sold. */
export function ownIn({ held, positions }: StopBooks, coin: string): number {
  const ours = positions
    .filter(({ instrument }) => instrument.base === coin)
    .reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, (held[coin] ?? 0) - ours);
}

/** As the engine has them in memory: right also where they could not be written. */
export function booksOf({ engine }: TradingSession): StopBooks {
  return {
    orders: engine.orders.all,
    openOrders: engine.orders.open,
    positions: engine.bots.list.map(({ setup, holding }) => ({
      botId: setup.id,
      instrument: setup.instrument,
      amount: holding.position.amount,
      doubt: holding.doubt,
    })),
    held: engine.account.state().balances,
  };
}

/** As the last commit left them, for an account that is not open. */
export function keptBooks({ state, bots }: KeptAccount): StopBooks {
  if (state === null) return NO_BOOKS;
  const instruments = new Map(bots.map(({ config, instrument }) => [config.id, instrument]));
  return {
    orders: state.orders,
    openOrders: state.orders.filter(isOpen),
    positions: Object.entries(state.bots).flatMap(([botId, { holding }]) => {
      const instrument = instruments.get(botId);
      return instrument === undefined
        ? []
        : [{ botId, instrument, amount: holding.position.amount, doubt: holding.doubt ?? null }];
    }),
    held: state.account.balances,
  };
}

/** Of these symbols those that a venue trades: asked for another it would refuse to tell of any. */
export async function listedOf(
  symbols: readonly string[],
  find: (symbol: string) => Promise<{ readonly ok: boolean }>,
): Promise<readonly string[]> {
  const found = await Promise.all(symbols.map(find));
  return symbols.filter((_, index) => found[index]?.ok === true);
}

/** The beginnings of all order ids that were ever given at a venue. */
export function prefixesAt(
  store: Pick<TradingStore, 'accounts'>,
  venue: string,
): readonly string[] {
  return store
    .accounts()
    .filter(({ settings }) => settings.venue === venue)
    .map(({ settings }) => settings.orderPrefix);
}
