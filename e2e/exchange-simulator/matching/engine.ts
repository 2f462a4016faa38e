/** The matching engine: accepts orders, trades them against the depth, and triggers stops as the market moves. */

import type { Account } from '../account.ts';
import { floorTo, larger, smaller, times, type Units } from '../decimal.ts';
import type { UserEvent } from '../events.ts';
import type { Market } from '../market/market.ts';
import { accepted, REFUSALS, refused, type Outcome } from '../refusal.ts';
import { admissionRefusal, pairRefusal } from './admission.ts';
import { isOpen, isStop, triggersAt } from './order.ts';
import type { Execution, Fill, Order, OrderDraft, OrderList } from './order.ts';
import type { OrderStore } from './order-store.ts';
import { commissionOf, holdFor, quantityFor, settle } from './settlement.ts';
import type { Fees } from './fees.ts';
import { ENTERS, MATCHES, type MarketStatus } from './status.ts';

export interface EngineParts {
  readonly account: Account;
  readonly store: OrderStore;
  readonly market: (symbol: string) => Market;
  readonly fees: (symbol: string) => Fees;
  readonly status: (symbol: string) => MarketStatus;
  /** How much of an asset that much of a quote currency is; `undefined` where that has no price. */
  readonly worthIn: (asset: string, quoteAsset: string, quote: Units) => Units | undefined;
  /** Largest share of an order that one match may fill, in percent; 100 when all is well. */
  readonly matchPercent: () => number;
  readonly now: () => number;
  readonly emit: (event: UserEvent) => void;
}

/** A limit order and a stop over the same coins; first the one that Binance names first. */
export interface PairDraft {
  readonly clientId: string;
  readonly symbol: string;
  readonly drafts: readonly [OrderDraft, OrderDraft];
}

export interface Engine {
  /** The order after its first match. */
  readonly place: (draft: OrderDraft) => Outcome<Order>;
  readonly placePair: (pair: PairDraft) => Outcome<OrderList>;
  /** An open order, and with it the other one of its list. */
  readonly cancel: (order: Order, cancelId: string) => Order;
  /** Ends all of a market's open orders, as when it is delisted. */
  readonly expireAll: (symbol: string) => void;
  /** After every move of this market. */
  readonly match: (symbol: string) => void;
}

export function createEngine(parts: EngineParts): Engine {
  const { account, store, now, emit } = parts;
  let orderId = 0;
  let tradeId = 0;
  let listId = 0;

  const report = (
    order: Order,
    execution: Execution,
    more: { readonly fill?: Fill; readonly cancelId?: string } = {},
  ): Order => {
    const { rules } = parts.market(order.symbol);
    const list = store.list(order.listId);
    store.save(order);
    holdFor(account, rules, list ? store.ordersOf(list) : [order]);
    const time = now();
    emit({ kind: 'execution', time, execution, order, fill: more.fill, cancelId: more.cancelId });
    const { commissionAsset = rules.base } = more.fill ?? {};
    const changed = new Set([rules.base, rules.quote, commissionAsset]);
    const balances = [...changed].map(account.balance);
    emit({ kind: 'balances', time, balances });
    return order;
  };

  const end = (order: Order, status: 'CANCELED' | 'EXPIRED', cancelId?: string): Order => {
    const ended = { ...order, status, working: false, updatedAt: now() };
    return report(ended, status, cancelId === undefined ? {} : { cancelId });
  };

  /** The other order of a list goes as soon as one trades, triggers or is cancelled. */
  const endOther = (order: Order, status: 'CANCELED' | 'EXPIRED', cancelId?: string): void => {
    const list = store.list(order.listId);
    if (list === undefined) return;
    for (const other of store.ordersOf(list)) {
      if (other.orderId !== order.orderId && isOpen(other)) end(other, status, cancelId);
    }
  };

  const endList = (order: Order): void => {
    const list = store.list(order.listId);
    const orders = list ? store.ordersOf(list) : [];
    if (list === undefined || orders.some(isOpen)) return;
    emit({ kind: 'list', time: now(), list, orders, isDone: true });
  };

  const trade = (order: Order, price: Units, quantity: Units, isMaker: boolean): Order => {
    const { rules } = parts.market(order.symbol);
    tradeId += 1;
    const quote = times(price, quantity);
    const filled = order.filled + quantity;
    const fill: Fill = {
      tradeId,
      orderId: order.orderId,
      listId: order.listId,
      symbol: order.symbol,
      side: order.side,
      price,
      quantity,
      quote,
      ...commissionOf(
        rules,
        { side: order.side, quantity, quote, isMaker },
        order.fees,
        (asset, amount) => {
          const worth = parts.worthIn(asset, rules.quote, amount);
          return worth === undefined || worth > account.free(asset) ? undefined : worth;
        },
      ),
      isMaker,
      time: now(),
    };
    settle(account, rules, fill);
    store.saveFill(fill);
    const status = filled === order.quantity ? 'FILLED' : 'PARTIALLY_FILLED';
    const filledQuote = order.filledQuote + quote;
    const traded = { ...order, filled, filledQuote, status, updatedAt: now() } as const;
    return report(traded, 'TRADE', { fill });
  };

  /** A maker gets its own price, a taker the price of each level that it meets. */
  const execute = (start: Order, isMaker: boolean): Order => {
    const market = parts.market(start.symbol);
    const limit = start.type === 'MARKET' ? undefined : start.price;
    const share = floorTo(
      (start.quantity * BigInt(parts.matchPercent())) / 100n,
      market.rules.step,
    );
    const most = smaller(start.quantity - start.filled, larger(share, market.rules.step));
    const levels = market.depth().take(start.side, limit, most);
    if (levels.length === 0) return start;
    market.touch();
    if (start.filled === 0n) endOther(start, 'EXPIRED');
    let order = start;
    for (const level of levels) {
      order = trade(order, isMaker ? order.price : level.price, level.quantity, isMaker);
    }
    if (!isOpen(order)) endList(order);
    return order;
  };

  const enter = (order: Order): Order => {
    const market = parts.market(order.symbol);
    if (order.timeInForce === 'FOK') {
      const reached = market.depth().reach(order.side, order.price, order.quantity);
      const quantity = reached.reduce<Units>((sum, level) => sum + level.quantity, 0n);
      if (quantity < order.quantity) return end(order, 'EXPIRED');
    }
    const executed = execute(order, false);
    const rests = executed.type !== 'MARKET' && executed.timeInForce === 'GTC';
    if (rests || !isOpen(executed)) return executed;
    const expired = end(executed, 'EXPIRED');
    endList(expired);
    return expired;
  };

  const open = (draft: OrderDraft, list: number): Order => {
    orderId += 1;
    const time = now();
    return {
      ...draft,
      orderId,
      listId: list,
      fees: parts.fees(draft.symbol),
      status: 'NEW',
      working: !isStop(draft),
      workingSince: isStop(draft) ? -1 : time,
      filled: 0n,
      filledQuote: 0n,
      createdAt: time,
      updatedAt: time,
    };
  };

  const trigger = (order: Order): void => {
    endOther(order, 'EXPIRED');
    const time = now();
    enter(report({ ...order, working: true, workingSince: time, updatedAt: time }, 'NEW'));
  };

  return {
    place: (asked) => {
      const market = parts.market(asked.symbol);
      const closed = ENTERS[parts.status(asked.symbol)](asked);
      if (closed) return refused(closed);
      const fees = parts.fees(asked.symbol);
      const draft = sized(market, asked);
      if (draft.quantity === 0n) return refused(REFUSALS.thinBook);
      const refusal = admissionRefusal({ account, store, market, fees }, draft);
      if (refusal) return refused(refusal);
      const order = report(open(draft, -1), 'NEW');
      return accepted(order.working ? enter(order) : order);
    },
    placePair: ({ clientId, symbol, drafts }) => {
      const market = parts.market(symbol);
      const closed = drafts.map(ENTERS[parts.status(symbol)]).find(Boolean);
      if (closed) return refused(closed);
      const fees = parts.fees(symbol);
      const [limit, stop] = isStop(drafts[0]) ? [drafts[1], drafts[0]] : drafts;
      const refusal = pairRefusal({ account, store, market, fees }, limit, stop);
      if (refusal) return refused(refusal);
      listId += 1;
      const orders = [open(drafts[0], listId), open(drafts[1], listId)] as const;
      const list: OrderList = {
        listId,
        clientId,
        symbol,
        orderIds: [orders[0].orderId, orders[1].orderId],
        createdAt: now(),
      };
      store.saveList(list);
      for (const order of orders) report(order, 'NEW');
      emit({ kind: 'list', time: now(), list, orders, isDone: false });
      return accepted(list);
    },
    cancel: (order, cancelId) => {
      endOther(order, 'CANCELED', cancelId);
      const canceled = end(order, 'CANCELED', cancelId);
      endList(canceled);
      return canceled;
    },
    expireAll: (symbol) => {
      for (const { orderId: id } of store.open(symbol)) {
        const order = store.byId(id);
        if (order === undefined || !isOpen(order)) continue;
        endOther(order, 'EXPIRED');
        endList(end(order, 'EXPIRED'));
      }
    },
    match: (symbol) => {
      if (!MATCHES[parts.status(symbol)]) return;
      // Read again each time: one order's trade ends another.
      const stillOpen = (order: Order): Order | undefined => {
        const current = store.byId(order.orderId);
        return current && isOpen(current) ? current : undefined;
      };
      const last = parts.market(symbol).last();
      const before = store.open(symbol);
      for (const waiting of before.filter((order) => !order.working && triggersAt(order, last))) {
        const order = stillOpen(waiting);
        if (order) trigger(order);
      }
      for (const resting of before.filter(({ working }) => working).sort(byPriority)) {
        const order = stillOpen(resting);
        if (order) execute(order, true);
      }
    },
  };
}

/** Better prices first, then older orders. */
function byPriority(a: Order, b: Order): number {
  if (a.side !== b.side || a.price === b.price) return a.orderId - b.orderId;
  const isBetter = a.side === 'BUY' ? a.price > b.price : a.price < b.price;
  return isBetter ? -1 : 1;
}

/** An order over an amount of the quote currency gets the quantity that this reaches in the book. */
function sized(market: Market, draft: OrderDraft): OrderDraft {
  if (draft.quoteQuantity === 0n) return draft;
  const levels = market.depth().reach(draft.side, undefined, market.rules.maxQuantity);
  return { ...draft, quantity: quantityFor(draft.quoteQuantity, levels, market.rules.step) };
}
