/** A market made of bars: takes gated orders and fills them by the fill model. */

import type { CandleColumns } from '../domain/candles.ts';
import type { Costs } from '../domain/costs.ts';
import type { Fill } from '../domain/fill.ts';
import type { EntryOrder, ExitOrder, Liquidity, Order } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import {
  bestPrice,
  boundedPrice,
  isThrough,
  stopTrigger,
  takerPrice,
  takes,
  type Execution,
} from './fill-model.ts';

/** Shared, so that a bar that fills nothing allocates nothing. */
const NO_FILLS: readonly Fill[] = [];

/**
 * What an order has seen of the market when it is handed in: nothing yet, the open of the bar that is played, or a whole
 * bar. One that has seen a bar rests.
 */
export type Seen = 'nothing' | 'open' | 'bar';

/**
 * Within a bar: market orders fill at its open; then resting orders are tried against its range, stops before
 * targets. An entry that filled inside the bar can be stopped out in that bar but not reach its target,
 * because the bar does not tell which came first and a backtest must not assume the better.
 *
 * A limit or target meets the market first at the close that it was decided at, then at the open. One that the close
 * has reached already takes at the open, as a market order does; one that it has not rests, and a gap over it is no gain.
 */
export class SimulatedMarket {
  readonly #candles: CandleColumns;
  readonly #costs: Costs;
  readonly #quote: string;
  /** Market orders, waiting for the next open. */
  #waiting: GatedOrder[] = [];
  /** Limits, stops and targets. */
  #resting: GatedOrder[] = [];
  /** Limits and targets that may still take, and what they have seen. */
  readonly #arriving = new Map<string, Exclude<Seen, 'bar'>>();
  /** Bar in which a limit entry filled after the open; targets rest until the next one. */
  #enteredInside = -1;
  /** A resting limit that filled before this market was opened again, and in which bar. */
  #lastEntry: { readonly order: EntryOrder; readonly index: number } | null = null;
  /** A bar whose low stays above the one and whose high stays below the other fills no resting order. */
  #highestBelow = -Infinity;
  #lowestAbove = Infinity;

  /** @param quote the currency that fees are paid in */
  constructor(candles: CandleColumns, costs: Costs, quote: string) {
    this.#candles = candles;
    this.#costs = costs;
    this.#quote = quote;
  }

  /** Whether a bar has anything to fill at all. */
  get hasOrders(): boolean {
    return this.#waiting.length > 0 || this.#resting.length > 0;
  }

  submit(order: GatedOrder, seen: Seen = 'nothing'): void {
    (order.type === 'market' ? this.#waiting : this.#resting).push(order);
    const mayTake = order.type === 'limit' || order.type === 'take-profit';
    if (mayTake && seen !== 'bar') this.#arriving.set(order.id, seen);
    this.#noteLevels();
  }

  /** @returns whether there was such an order; it may have filled in the meantime */
  cancel(orderId: string): boolean {
    const before = this.#waiting.length + this.#resting.length;
    this.#waiting = without(this.#waiting, orderId);
    this.#resting = without(this.#resting, orderId);
    this.#arriving.delete(orderId);
    this.#noteLevels();
    return this.#waiting.length + this.#resting.length < before;
  }

  /** Goes on after the entry that filled last: in the bar of a limit that was filled inside it, no target is reached. */
  resume(entry: EntryOrder, { time, liquidity }: Fill): void {
    if (entry.type !== 'limit' || liquidity === 'taker') return;
    this.#lastEntry = { order: entry, index: this.#candles.time.indexOf(time) };
  }

  /** Fills market orders at the open of bar `index`, in the order they came. */
  atOpen(index: number): readonly Fill[] {
    if (this.#lastEntry !== null) this.#recallEntry(this.#lastEntry, index);
    if (this.#arriving.size > 0) this.#meetLastClose(index);
    if (this.#waiting.length === 0) return NO_FILLS;
    const fills = this.#waiting.map((order) => this.#marketFill(order, index));
    this.#waiting = [];
    return fills;
  }

  /** The first resting order that bar `index` fills, or none; to be asked again until none is left. */
  inside(index: number): readonly Fill[] {
    const fill = this.#reaches(index)
      ? (this.#firstOf('stop-loss', index) ??
        this.#firstOf('take-profit', index) ??
        this.#firstOf('limit', index))
      : null;
    if (fill !== null) return [fill];
    // Whatever has not taken by now has seen the bar, and rests.
    if (this.#arriving.size > 0) this.#arriving.clear();
    return NO_FILLS;
  }

  #recallEntry(entry: { readonly order: EntryOrder; readonly index: number }, index: number): void {
    this.#lastEntry = null;
    const isHere = entry.index === index;
    const wasAtOpen = this.#isThrough(entry.order, this.#candles.open[index] ?? NaN);
    if (isHere && !wasAtOpen) this.#enteredInside = index;
  }

  /** Orders that were decided at the last close: those that it had not reached rest from then on. */
  #meetLastClose(index: number): void {
    const { open, close } = this.#candles;
    // Before the first bar nothing has closed: its open is the first that is known of the market.
    const last = (index === 0 ? open[0] : close[index - 1]) ?? NaN;
    for (const order of this.#resting) {
      if (this.#arriving.get(order.id) !== 'nothing') continue;
      if (takes(order.side, level(order), bestPrice(order.side, last, this.#costs))) {
        this.#arriving.set(order.id, 'open');
      } else this.#arriving.delete(order.id);
    }
  }

  #reaches(index: number): boolean {
    const { high, low } = this.#candles;
    return (low[index] ?? NaN) <= this.#highestBelow || (high[index] ?? NaN) >= this.#lowestAbove;
  }

  #noteLevels(): void {
    this.#highestBelow = -Infinity;
    this.#lowestAbove = Infinity;
    for (const order of this.#resting) {
      if (order.type === 'take-profit')
        this.#lowestAbove = Math.min(this.#lowestAbove, level(order));
      else this.#highestBelow = Math.max(this.#highestBelow, level(order));
    }
  }

  #firstOf(type: GatedOrder['type'], index: number): Fill | null {
    for (const order of this.#resting) {
      if (order.type !== type) continue;
      const fill = this.#restingFill(order, index);
      if (fill === null) continue;
      this.cancel(order.id);
      return fill;
    }
    return null;
  }

  #restingFill(order: GatedOrder, index: number): Fill | null {
    return order.purpose === 'entry'
      ? this.#limitFill(order, index)
      : this.#protectiveFill(order, index);
  }

  #limitFill(order: EntryOrder, index: number): Fill | null {
    const { open, low } = this.#candles;
    const limit = level(order);
    const atOpen = this.#openExecution(order, open[index] ?? NaN);
    if (atOpen !== null) return this.#entryFill(order, index, atOpen.price, atOpen.liquidity);
    if (!this.#isThrough(order, low[index] ?? NaN)) return null;
    this.#enteredInside = index;
    return this.#entryFill(order, index, limit, 'maker');
  }

  #protectiveFill(order: ExitOrder, index: number): Fill | null {
    const { open, high, low } = this.#candles;
    if (order.type === 'stop-loss') {
      const trigger = stopTrigger(level(order), open[index] ?? NaN, low[index] ?? NaN);
      if (trigger === null) return null;
      return this.#exitFill(order, index, takerPrice('sell', trigger, this.#costs), 'taker');
    }
    if (this.#enteredInside === index) return null;
    const atOpen = this.#openExecution(order, open[index] ?? NaN);
    if (atOpen !== null) return this.#exitFill(order, index, atOpen.price, atOpen.liquidity);
    if (!this.#isThrough(order, high[index] ?? NaN)) return null;
    return this.#exitFill(order, index, level(order), 'maker');
  }

  /** How a limit or a target trades at the open: taking as it comes in, or gapped over as it rests; `null` if not. */
  #openExecution(order: Order, open: number): Execution | null {
    const { id, side } = order;
    const own = level(order);
    if (!this.#arriving.has(id)) {
      return this.#isThrough(order, open) ? { price: own, liquidity: 'maker' } : null;
    }
    if (!takes(side, own, bestPrice(side, open, this.#costs))) return null;
    const price = boundedPrice(side, own, takerPrice(side, open, this.#costs));
    return { price, liquidity: 'taker' };
  }

  #isThrough(order: Order, traded: number): boolean {
    return isThrough(order.side, level(order), bestPrice(order.side, traded, this.#costs));
  }

  #marketFill(order: GatedOrder, index: number): Fill {
    const price = takerPrice(order.side, this.#candles.open[index] ?? NaN, this.#costs);
    return order.purpose === 'entry'
      ? this.#entryFill(order, index, price, 'taker')
      : this.#exitFill(order, index, price, 'taker');
  }

  #entryFill(order: EntryOrder, index: number, price: number, liquidity: Liquidity): Fill {
    const { cost } = order.size;
    return this.#fill(order, index, { amount: cost / price, price, cost, liquidity, reason: null });
  }

  #exitFill(order: ExitOrder, index: number, price: number, liquidity: Liquidity): Fill {
    const { amount } = order.size;
    return this.#fill(order, index, {
      amount,
      price,
      cost: amount * price,
      liquidity,
      reason: order.reason,
    });
  }

  #fill(
    order: Order,
    index: number,
    traded: Pick<Fill, 'amount' | 'price' | 'cost' | 'liquidity' | 'reason'>,
  ): Fill {
    const rate = traded.liquidity === 'taker' ? this.#costs.takerFee : this.#costs.makerFee;
    const time = this.#candles.time[index] ?? NaN;
    return {
      // Every order fills whole here, so its own id tells its one fill.
      id: order.id,
      orderId: order.id,
      side: order.side,
      time,
      ...traded,
      fee: { currency: this.#quote, amount: traded.cost * rate },
      complete: true,
    };
  }
}

function without(orders: GatedOrder[], orderId: string): GatedOrder[] {
  return orders.length === 0 ? orders : orders.filter((order) => order.id !== orderId);
}

function level(order: Order): number {
  if (order.price === null) throw new Error(`Order ${order.id} rests on the book without a price.`);
  return order.price;
}
