/** The simulated exchange's own books: orders, fills and balances, committed before anyone is told. */

import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { AccountTrade, HeldAmounts } from '../../core/ports/exchange.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import type { SimulatedChange, SimulatedOrder, SimulatedStore } from './simulated-store.ts';

export class SimulatedBooks {
  readonly #store: SimulatedStore;
  readonly #orders = new Map<string, SimulatedOrder>();
  readonly #open = new Map<string, SimulatedOrder>();
  readonly #fills = new Map<string, Fill[]>();
  readonly #balances = new Map<string, number>();
  readonly #matchedBars = new Map<string, number>();
  /** Matched, but not worth a commit of its own. */
  #unsavedBars: Record<string, number> = {};
  #nextId: number;

  constructor(store: SimulatedStore) {
    this.#store = store;
    const kept = store.load();
    for (const order of kept.orders) this.#keepOrder(order);
    for (const fill of kept.fills) this.#keepFill(fill);
    for (const [currency, amount] of Object.entries(kept.balances)) {
      this.#balances.set(currency, amount);
    }
    for (const [symbol, time] of Object.entries(kept.matchedBars)) {
      this.#matchedBars.set(symbol, time);
    }
    this.#nextId =
      1 + kept.orders.reduce((last, { exchangeId }) => Math.max(last, Number(exchangeId)), 0);
  }

  find(orderId: string): SimulatedOrder | null {
    return this.#orders.get(orderId) ?? null;
  }

  open(symbol: string): readonly SimulatedOrder[] {
    return [...this.#open.values()].filter(({ order }) => order.symbol === symbol);
  }

  fillsOf(orderId: string): readonly Fill[] {
    return this.#fills.get(orderId) ?? [];
  }

  get allOpen(): readonly SimulatedOrder[] {
    return [...this.#open.values()];
  }

  /** The entry of a symbol that filled last; `null` before the first. */
  lastEntry(symbol: string): { readonly order: ApprovedOrder; readonly fill: Fill } | null {
    let last: { readonly order: ApprovedOrder; readonly fill: Fill } | null = null;
    for (const { order } of this.#orders.values()) {
      if (order.symbol !== symbol || order.purpose !== 'entry') continue;
      for (const fill of this.fillsOf(order.id)) {
        if (last === null || fill.time >= last.fill.time) last = { order, fill };
      }
    }
    return last;
  }

  /** @param feeRate what a promised buy may pay on top */
  balances(feeRate: number): HeldAmounts {
    return Object.fromEntries(
      [...this.#balances].map(([currency, total]) => {
        const promised =
          total - Math.min(this.freeBase(currency), this.freeQuote(currency, feeRate));
        const locked = Math.min(Math.max(promised, 0), total);
        return [currency, { free: total - locked, locked }];
      }),
    );
  }

  /** Oldest first. @param since ms UTC, inclusive */
  tradesIn(symbol: string, since: number): readonly AccountTrade[] {
    const trades: AccountTrade[] = [];
    for (const { order, exchangeId } of this.#orders.values()) {
      if (order.symbol !== symbol) continue;
      for (const { id, side, time, amount, price, fee } of this.fillsOf(order.id)) {
        if (time < since) continue;
        trades.push({ id, exchangeOrderId: exchangeId, symbol, side, time, amount, price, fee });
      }
    }
    return trades.toSorted((one, other) => one.time - other.time);
  }

  /** Not promised to an open order. @param feeRate what a promised buy may pay on top */
  freeQuote(currency: string, feeRate: number): number {
    let free = this.#balances.get(currency) ?? 0;
    for (const { order } of this.#open.values()) {
      const isBuy = order.size.unit === 'quote' && order.symbol.endsWith(`/${currency}`);
      if (isBuy) free -= order.size.cost * (1 + feeRate);
    }
    return free;
  }

  /** Not promised to an open order; the two of a pair promise the same coins. */
  freeBase(currency: string): number {
    let free = this.#balances.get(currency) ?? 0;
    for (const { order, pairedWith } of this.#open.values()) {
      const isSell = order.size.unit === 'base' && order.symbol.startsWith(`${currency}/`);
      const isSecond = pairedWith !== null && order.type === 'take-profit';
      if (isSell && !isSecond) free -= order.size.amount;
    }
    return free;
  }

  /** @param orders one, or the two of a pair */
  place(orders: readonly ApprovedOrder[], placedAt: number): readonly SimulatedOrder[] {
    const [first, second] = orders;
    const placed = orders.map((order): SimulatedOrder => {
      const sibling = order === first ? second : first;
      return {
        order,
        exchangeId: String(this.#takeId()),
        state: 'open',
        placedAt,
        pairedWith: orders.length === 2 ? (sibling?.id ?? null) : null,
      };
    });
    this.#commit({ orders: placed });
    return placed;
  }

  /** Ends an order without a fill, and the other of its pair with it. @returns the ids of those that were open */
  end(orderId: string, state: 'cancelled' | 'expired'): readonly string[] {
    const order = this.#open.get(orderId);
    if (order === undefined) return [];
    const ended = [{ ...order, state }, ...this.#cancelledSibling(order)];
    this.#commit({ orders: ended });
    return ended.map((each) => each.order.id);
  }

  /** Books a fill that completes its order. @returns the id of the pair's other order, which ends with it */
  fill(fill: Fill, { base, quote }: Instrument): string | null {
    const order = this.#open.get(fill.orderId);
    if (order === undefined) throw new Error(`The order ${fill.orderId} is not open.`);
    const siblings = this.#cancelledSibling(order);
    const sign = fill.side === 'buy' ? 1 : -1;
    this.#commit({
      orders: [{ ...order, state: 'filled' }, ...siblings],
      fills: [fill],
      balances: {
        [base]: (this.#balances.get(base) ?? 0) + sign * fill.amount,
        [quote]: (this.#balances.get(quote) ?? 0) - (sign * fill.cost + fill.fee.amount),
      },
    });
    return siblings[0]?.order.id ?? null;
  }

  transfer(currency: string, amount: number): void {
    this.#commit({ balances: { [currency]: (this.#balances.get(currency) ?? 0) + amount } });
  }

  /** Start of the last recorded bar that is over, ms UTC. */
  matchedUntil(symbol: string): number {
    return this.#matchedBars.get(symbol) ?? -Infinity;
  }

  hasMatched(symbol: string, barTime: number): boolean {
    return barTime <= this.matchedUntil(symbol);
  }

  /** Kept with the next change: a quiet bar may be matched again after a crash, and is quiet again. */
  endBar(symbol: string, barTime: number): void {
    this.#matchedBars.set(symbol, barTime);
    this.#unsavedBars[symbol] = barTime;
  }

  /** The other order of a pair as it ends with this one; none where there is none any more. */
  #cancelledSibling({ pairedWith }: SimulatedOrder): readonly SimulatedOrder[] {
    const sibling = pairedWith === null ? undefined : this.#open.get(pairedWith);
    return sibling === undefined ? [] : [{ ...sibling, state: 'cancelled' }];
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  #commit(change: Partial<SimulatedChange>): void {
    const { orders = [], fills = [], balances = {} } = change;
    this.#store.commit({ orders, fills, balances, matchedBars: this.#unsavedBars });
    this.#unsavedBars = {};
    for (const order of orders) this.#keepOrder(order);
    for (const fill of fills) this.#keepFill(fill);
    for (const [currency, amount] of Object.entries(balances)) this.#balances.set(currency, amount);
  }

  #keepOrder(order: SimulatedOrder): void {
    const { id } = order.order;
    this.#orders.set(id, order);
    if (order.state === 'open') this.#open.set(id, order);
    else this.#open.delete(id);
  }

  #keepFill(fill: Fill): void {
    const fills = this.#fills.get(fill.orderId);
    if (fills === undefined) this.#fills.set(fill.orderId, [fill]);
    else fills.push(fill);
  }
}
