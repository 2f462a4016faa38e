/** An exchange that keeps its own truth and tells of it late, twice and in any order. */

import type { Instrument } from '../domain/instrument.ts';
import type { Fee, Fill } from '../domain/fill.ts';
import type { EntryOrder, ExitOrder } from '../domain/order.ts';
import type { OrderEvent } from '../orders/order-record.ts';
import type { GatedOrder } from '../risk/approved-order.ts';

const FEE_RATE = 0.001;

/** Relative: an amount that differs by less is the same one. */
const ROUNDING = 1e-9;

interface Placed {
  readonly order: GatedOrder;
  readonly instrument: Instrument;
  /** The other of a pair. */
  readonly partner: string | null;
  filledAmount: number;
  filledCost: number;
  fills: number;
  isTriggered: boolean;
  isOpen: boolean;
}

export interface ExchangeSetting {
  readonly feeIn: 'quote' | 'base' | 'BNB';
  readonly stopsStick: boolean;
  readonly instrumentOf: (symbol: string) => Instrument;
  readonly priceOf: (symbol: string) => number;
  readonly now: () => number;
  readonly tell: (event: OrderEvent) => void;
}

export class ExchangeModel {
  readonly balances = new Map<string, number>();
  readonly #orders = new Map<string, Placed>();
  readonly #setting: ExchangeSetting;

  constructor(setting: ExchangeSetting) {
    this.#setting = setting;
  }

  has(orderId: string): boolean {
    return this.#orders.has(orderId);
  }

  /** Rests at the exchange: what is still to be sold, and its trigger. */
  resting(orderId: string): { readonly amount: number; readonly price: number | null } | null {
    const placed = this.#orders.get(orderId);
    if (placed?.isOpen !== true || placed.order.purpose !== 'exit') return null;
    return { amount: placed.order.size.amount - placed.filledAmount, price: placed.order.price };
  }

  add(currency: string, amount: number): void {
    this.balances.set(currency, (this.balances.get(currency) ?? 0) + amount);
  }

  /** Takes an order, or the two of a pair, or refuses all of them. */
  place(orders: readonly GatedOrder[]): void {
    const refusal = orders.map((order) => this.#refusal(order)).find((why) => why !== null);
    const [first, second] = orders;
    for (const order of orders) {
      const orderId = order.id;
      const time = this.#setting.now();
      if (typeof refusal === 'string') {
        this.#setting.tell({
          kind: 'order-rejected',
          orderId,
          time,
          refusal: 'for-now',
          sentence: refusal,
        });
        continue;
      }
      const partner = (order === first ? second?.id : first?.id) ?? null;
      this.#orders.set(orderId, {
        order,
        instrument: this.#setting.instrumentOf(order.symbol),
        partner,
        filledAmount: 0,
        filledCost: 0,
        fills: 0,
        isTriggered: false,
        isOpen: true,
      });
      this.#setting.tell({ kind: 'order-accepted', orderId, time, exchangeId: `x-${orderId}` });
    }
  }

  /** Ends an order that is still open, and with it the other of its pair. */
  cancel(orderId: string): void {
    const placed = this.#orders.get(orderId);
    if (placed?.isOpen !== true) return;
    this.#end(placed);
    if (placed.partner !== null) this.cancel(placed.partner);
  }

  expire(pick: number): void {
    const open = [...this.#orders.values()].filter(({ isOpen }) => isOpen);
    const placed = open[pick % Math.max(1, open.length)];
    if (placed === undefined) return;
    const orderId = placed.order.id;
    placed.isOpen = false;
    const time = this.#setting.now();
    const { filledAmount } = placed;
    const sentence = 'It has expired.';
    this.#setting.tell({ kind: 'order-expired', orderId, time, filledAmount, sentence });
    if (placed.partner !== null) this.cancel(placed.partner);
  }

  /** Trades a part of one order that the price allows to trade. @returns whether there was one */
  trade(pick: number, part: number): boolean {
    const ready = [...this.#orders.values()].filter((placed) => this.#isReady(placed));
    const placed = ready[pick % Math.max(1, ready.length)];
    if (placed === undefined) return false;
    const { order } = placed;
    if (order.purpose === 'entry') this.#buy(placed, order, part);
    else this.#sell(placed, order, part);
    if (placed.partner !== null) {
      const partner = this.#orders.get(placed.partner);
      if (partner?.isOpen === true) this.#end(partner);
    }
    return true;
  }

  #end(placed: Placed): void {
    placed.isOpen = false;
    const time = this.#setting.now();
    const { filledAmount, order } = placed;
    this.#setting.tell({ kind: 'order-cancelled', orderId: order.id, time, filledAmount });
  }

  #refusal(order: GatedOrder): string | null {
    const { base, quote, minCost } = this.#setting.instrumentOf(order.symbol);
    const price = this.#setting.priceOf(order.symbol);
    if (order.purpose === 'entry') {
      return order.size.cost * (1 + FEE_RATE) > this.#free(quote) * (1 + ROUNDING)
        ? 'Insufficient balance.'
        : null;
    }
    if (order.size.amount > this.#free(base) * (1 + ROUNDING)) return 'Insufficient balance.';
    if (order.size.amount * (order.price ?? price) < (minCost ?? 0)) return 'Below the minimum.';
    const isPassed = order.price !== null && order.type === 'stop-loss' && order.price >= price;
    return isPassed ? 'The stop would trigger at once.' : null;
  }

  #free(currency: string): number {
    let free = this.balances.get(currency) ?? 0;
    for (const { isOpen, order, instrument, partner, ...filled } of this.#orders.values()) {
      if (!isOpen) continue;
      // The coins of a pair are held by its stop.
      const isSecond = order.type === 'take-profit' && partner !== null;
      if (order.purpose === 'exit' && instrument.base === currency && !isSecond) {
        free -= order.size.amount - filled.filledAmount;
      }
      if (order.purpose === 'entry' && instrument.quote === currency) {
        free -= (order.size.cost - filled.filledCost) * (1 + FEE_RATE);
      }
    }
    return free;
  }

  #isReady(placed: Placed): boolean {
    const { order, isOpen } = placed;
    if (!isOpen) return false;
    const price = this.#setting.priceOf(order.symbol);
    switch (order.type) {
      case 'market':
        return true;
      case 'limit':
        return price <= (order.price ?? 0);
      case 'stop-loss':
        if (this.#setting.stopsStick) return false;
        placed.isTriggered ||= price <= (order.price ?? 0);
        return placed.isTriggered;
      case 'take-profit':
        return price >= (order.price ?? Infinity);
    }
  }

  #buy(placed: Placed, order: EntryOrder, part: number): void {
    const { amountStep } = placed.instrument;
    const market = this.#setting.priceOf(order.symbol);
    const price = order.price === null ? market : Math.min(order.price, market);
    if (order.bound !== null && price > order.bound) return this.#expireBuy(placed, order.id);
    const spent = (order.size.cost - placed.filledCost) * part;
    const amount = onStep(spent / price, amountStep);
    if (amount <= 0) return this.#expireBuy(placed, order.id);
    const cost = amountStep === null ? spent : amount * price;
    this.#fill(placed, amount, price, cost, part === 1);
  }

  #expireBuy(placed: Placed, orderId: string): void {
    placed.isOpen = false;
    const time = this.#setting.now();
    const { filledAmount } = placed;
    const sentence = 'Nothing is left of what it may buy.';
    this.#setting.tell({ kind: 'order-expired', orderId, time, filledAmount, sentence });
  }

  #sell(placed: Placed, order: ExitOrder, part: number): void {
    const left = order.size.amount - placed.filledAmount;
    const some = onStep(left * part, placed.instrument.amountStep);
    const amount = part === 1 || some <= 0 ? left : some;
    const market = this.#setting.priceOf(order.symbol);
    if (order.bound !== null && market < order.bound) return this.#expireUnsold(placed);
    const price = order.type === 'take-profit' ? (order.price ?? market) : market;
    this.#fill(placed, amount, price, amount * price, left - amount <= left * ROUNDING);
  }

  #expireUnsold(placed: Placed): void {
    placed.isOpen = false;
    const time = this.#setting.now();
    const { filledAmount, order } = placed;
    const sentence = 'Nobody buys at its bound.';
    this.#setting.tell({ kind: 'order-expired', orderId: order.id, time, filledAmount, sentence });
  }

  #fill(placed: Placed, amount: number, price: number, cost: number, complete: boolean): void {
    const { order, instrument } = placed;
    const fee = this.#fee(order, instrument, amount, cost);
    const sign = order.side === 'buy' ? 1 : -1;
    this.add(instrument.base, sign * amount);
    this.add(instrument.quote, -sign * cost);
    this.add(fee.currency, -fee.amount);
    placed.filledAmount += amount;
    placed.filledCost += cost;
    placed.fills += 1;
    placed.isOpen = !complete;
    const fill: Fill = {
      id: String(placed.fills),
      orderId: order.id,
      side: order.side,
      time: this.#setting.now(),
      amount,
      price,
      cost,
      fee,
      liquidity: order.type === 'limit' || order.type === 'take-profit' ? 'maker' : 'taker',
      reason: order.purpose === 'exit' ? order.reason : null,
      complete,
    };
    this.#setting.tell({ kind: 'order-filled', orderId: order.id, fill });
  }

  #fee(order: GatedOrder, { base, quote }: Instrument, amount: number, cost: number): Fee {
    const { feeIn } = this.#setting;
    const inBnb = (cost * FEE_RATE) / this.#setting.priceOf('BNB/USDT');
    if (feeIn === 'BNB' && this.#free('BNB') > inBnb + (base === 'BNB' ? amount : 0)) {
      return { currency: 'BNB', amount: inBnb };
    }
    if (feeIn === 'base' && order.side === 'buy') {
      return { currency: base, amount: amount * FEE_RATE };
    }
    return { currency: quote, amount: cost * FEE_RATE };
  }
}

function onStep(amount: number, step: number | null): number {
  return step === null ? amount : Math.floor(amount / step + ROUNDING) * step;
}
