/** What we bought and sold of each coin by the exchange's own books: what is still there, and what each trade came to. */

import type { TrueFill, Truth } from '../../../../../e2e/exchange-simulator/truth.ts';

export interface RoundTrip {
  readonly symbol: string;
  /** In quote, every fee in whatever coin taken off. */
  readonly pnl: number;
  /** Of the account when it began, in quote. */
  readonly equity: number;
  /** ms UTC of its last sale. */
  readonly endedAt: number;
}

interface Holding {
  amount: number;
  /** Of the trade that is open, in quote. */
  flow: number;
  equity: number;
  /** ms UTC of the first purchase of what is held. */
  since: number;
}

export interface TripsSetting {
  readonly quote: string;
  /** Begins the ids of our orders. */
  readonly isOurs: (clientOrderId: string) => boolean;
  /** In quote; what is worth less than the exchange takes is over. */
  readonly leastWorth: number;
}

export class RoundTrips {
  readonly ended: RoundTrip[] = [];
  readonly #setting: TripsSetting;
  readonly #holdings = new Map<string, Holding>();
  /** By base: coins of ours that somebody else took. */
  readonly #taken = new Map<string, number>();
  #counted = 0;
  #mostSoldUnbought = 0;

  constructor(setting: TripsSetting) {
    this.#setting = setting;
  }

  /** More of a coin than was bought of it, at any moment, in base. */
  get soldUnbought(): number {
    return this.#mostSoldUnbought;
  }

  /** In base. */
  held(symbol: string): number {
    return this.#holdings.get(symbol)?.amount ?? 0;
  }

  /** ms UTC. */
  heldSince(symbol: string): number {
    return this.#holdings.get(symbol)?.since ?? 0;
  }

  /** Whether as much is held as the exchange would take. */
  isHeld(symbol: string, price: number): boolean {
    return this.held(symbol) * price >= this.#setting.leastWorth;
  }

  /** Somebody sold or withdrew what was ours. @param worth what they had for it, in quote */
  take(symbol: string, amount: number, worth: number): void {
    const holding = this.#at(symbol);
    holding.amount -= amount;
    holding.flow += worth;
    this.#taken.set(symbol, (this.#taken.get(symbol) ?? 0) + amount);
  }

  /** @param equity of the account before what is new, in quote */
  look(truth: Truth, equity: number): void {
    const ours = new Set(
      truth.orders
        .filter(({ clientOrderId }) => this.#setting.isOurs(clientOrderId))
        .map(({ orderId }) => orderId),
    );
    for (const fill of truth.fills.slice(this.#counted)) {
      if (ours.has(fill.orderId)) this.#count(fill, truth, equity);
    }
    this.#counted = truth.fills.length;
  }

  #count(fill: TrueFill, { prices }: Truth, equity: number): void {
    const { symbol, side, time } = fill;
    const holding = this.#at(symbol);
    const price = Number(fill.price);
    const isBuy = side === 'BUY';
    if (isBuy && !this.isHeld(symbol, price)) {
      // Dust of the trade before comes along at what it is worth.
      holding.flow = -holding.amount * price;
      holding.equity = equity;
      holding.since = time;
    }
    holding.amount += isBuy ? Number(fill.quantity) : -Number(fill.quantity);
    holding.flow += isBuy ? -Number(fill.quote) : Number(fill.quote);
    this.#pay(holding, fill, prices);
    this.#mostSoldUnbought = Math.max(this.#mostSoldUnbought, -holding.amount);
    if (isBuy || this.isHeld(symbol, price)) return;
    const pnl = holding.flow + holding.amount * price;
    this.ended.push({ symbol, pnl, equity: holding.equity, endedAt: time });
  }

  #pay(holding: Holding, fill: TrueFill, prices: Truth['prices']): void {
    const { symbol, commissionAsset } = fill;
    const { quote } = this.#setting;
    const commission = Number(fill.commission);
    if (commissionAsset === quote) holding.flow -= commission;
    else if (commissionAsset + quote === symbol) holding.amount -= commission;
    else holding.flow -= commission * Number(prices[commissionAsset + quote]);
  }

  #at(symbol: string): Holding {
    const known = this.#holdings.get(symbol);
    if (known !== undefined) return known;
    const holding = { amount: 0, flow: 0, equity: 0, since: 0 };
    this.#holdings.set(symbol, holding);
    return holding;
  }
}
