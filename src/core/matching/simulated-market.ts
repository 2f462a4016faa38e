/** A market made of bars: takes gated orders and fills them by the fill model. */

import type { CandleColumns } from '../domain/candles.ts';
import type { Costs } from '../domain/costs.ts';
import type { Fill } from '../domain/fill.ts';
import type { EntryOrder, ExitOrder, Liquidity, Order } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { buyLimitTrigger, stopTrigger, takerPrice, targetTrigger } from './fill-model.ts';

/** Shared, so that a bar that fills nothing allocates nothing. */
const NO_FILLS: readonly Fill[] = [];

/**
 * Within a bar: market orders fill at its open; then resting orders are tried against its range, stops before
 * targets. An entry that filled inside the bar can be stopped out in that bar but not reach its target,
 * because the bar does not tell which came first and a backtest must not assume the better.
 */
export class SimulatedMarket {
  readonly #candles: CandleColumns;
  readonly #costs: Costs;
  readonly #quote: string;
  /** Market orders, waiting for the next open. */
  #waiting: GatedOrder[] = [];
  /** Limits, stops and targets. */
  #resting: GatedOrder[] = [];
  /** Bar in which a limit entry filled after the open; targets rest until the next one. */
  #enteredInside = -1;
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

  submit(order: GatedOrder): void {
    (order.type === 'market' ? this.#waiting : this.#resting).push(order);
    this.#noteLevels();
  }

  /** @returns whether there was such an order; it may have filled in the meantime */
  cancel(orderId: string): boolean {
    const before = this.#waiting.length + this.#resting.length;
    this.#waiting = without(this.#waiting, orderId);
    this.#resting = without(this.#resting, orderId);
    this.#noteLevels();
    return this.#waiting.length + this.#resting.length < before;
  }

  /** Goes on in a bar of which it is known that a limit entry filled inside it, after the open. */
  resume(enteredInside: number): void {
    this.#enteredInside = enteredInside;
  }

  /** Fills market orders at the open of bar `index`, in the order they came. */
  atOpen(index: number): readonly Fill[] {
    if (this.#waiting.length === 0) return NO_FILLS;
    const fills = this.#waiting.map((order) => this.#marketFill(order, index));
    this.#waiting = [];
    return fills;
  }

  /** The first resting order that bar `index` fills, or none; to be asked again until none is left. */
  inside(index: number): readonly Fill[] {
    if (!this.#reaches(index)) return NO_FILLS;
    const fill =
      this.#firstOf('stop-loss', index) ??
      this.#firstOf('take-profit', index) ??
      this.#firstOf('limit', index);
    return fill === null ? NO_FILLS : [fill];
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
    const price = buyLimitTrigger(limit, open[index] ?? NaN, low[index] ?? NaN);
    if (price === null) return null;
    if (price === limit) this.#enteredInside = index;
    return this.#entryFill(order, index, price, 'maker');
  }

  #protectiveFill(order: ExitOrder, index: number): Fill | null {
    const { open, high, low } = this.#candles;
    if (order.type === 'stop-loss') {
      const trigger = stopTrigger(level(order), open[index] ?? NaN, low[index] ?? NaN);
      if (trigger === null) return null;
      return this.#exitFill(order, index, takerPrice('sell', trigger, this.#costs), 'taker');
    }
    if (this.#enteredInside === index) return null;
    const trigger = targetTrigger(level(order), open[index] ?? NaN, high[index] ?? NaN);
    return trigger === null ? null : this.#exitFill(order, index, trigger, 'maker');
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
