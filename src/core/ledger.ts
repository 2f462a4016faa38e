/** The account of one bot: cash, one position with its average cost, and the trades made. All money in quote. */

import type { Fill } from './domain/fill.ts';
import type { ExitReason } from './domain/order.ts';
import type { Trade } from './domain/trade.ts';

/** A round trip that is under way: what its fills add up to so far. */
interface OpenTrade {
  readonly entryTime: number;
  readonly bought: Leg;
  readonly sold: Leg;
  readonly fees: number;
}

/** All fills of one side. `price` is the first fill's own, then the average: cost / amount would blur a single one. */
interface Leg {
  readonly amount: number;
  readonly cost: number;
  readonly price: number;
}

const NOTHING: Leg = { amount: 0, cost: 0, price: 0 };

/** What is left of a position after selling counts as nothing under this fraction of what was bought. */
const DUST_FRACTION = 1e-12;

export class Ledger {
  readonly trades: Trade[] = [];
  #cash: number;
  #amount = 0;
  #fees = 0;
  #open: OpenTrade | null = null;

  constructor(cash: number) {
    this.#cash = cash;
  }

  get cash(): number {
    return this.#cash;
  }

  /** Held, in base. */
  get amount(): number {
    return this.#amount;
  }

  get isOpen(): boolean {
    return this.#amount > 0;
  }

  /** Of all fills so far. */
  get fees(): number {
    return this.#fees;
  }

  /** Average price paid for the open position; `null` when flat. */
  get entryPrice(): number | null {
    return this.#open?.bought.price ?? null;
  }

  equityAt(price: number): number {
    // No branch: the choice between a field and a sum would be boxed on every bar in the market.
    return this.#cash + this.#amount * price;
  }

  /** @throws Error when more is sold than is held: the books would no longer be the exchange's. */
  apply(fill: Fill): void {
    if (fill.side === 'buy') this.#applyBuy(fill);
    else this.#applySell(fill);
    this.#fees += fill.fee;
  }

  /** The open position as a trade without an exit, marked to `price`; `null` when flat. */
  openTrade(price: number): Trade | null {
    const open = this.#open;
    if (open === null) return null;
    return {
      ...entryOf(open),
      exitTime: null,
      exitPrice: null,
      exitReason: null,
      ...profit(open, open.sold.cost + this.#amount * price),
    };
  }

  #applyBuy(fill: Fill): void {
    this.#cash -= fill.cost + fill.fee;
    this.#amount += fill.amount;
    const open = this.#open ?? { entryTime: fill.time, bought: NOTHING, sold: NOTHING, fees: 0 };
    this.#open = { ...open, bought: added(open.bought, fill), fees: open.fees + fill.fee };
  }

  #applySell(fill: Fill): void {
    const open = this.#open;
    if (open === null || fill.amount > this.#amount * (1 + DUST_FRACTION)) {
      throw new Error(
        `Sold ${fill.amount}, but only ${this.#amount} is held (order ${fill.orderId}).`,
      );
    }
    this.#cash += fill.cost - fill.fee;
    this.#amount -= fill.amount;
    const sold = { ...open, sold: added(open.sold, fill), fees: open.fees + fill.fee };
    if (this.#amount > open.bought.amount * DUST_FRACTION) this.#open = sold;
    else this.#close(sold, fill.time, fill.reason ?? 'signal');
  }

  #close(closed: OpenTrade, exitTime: number, exitReason: ExitReason): void {
    this.#amount = 0;
    this.#open = null;
    this.trades.push({
      ...entryOf(closed),
      exitTime,
      exitPrice: closed.sold.price,
      exitReason,
      ...profit(closed, closed.sold.cost),
    });
  }
}

function added(leg: Leg, fill: Fill): Leg {
  const amount = leg.amount + fill.amount;
  const cost = leg.cost + fill.cost;
  return { amount, cost, price: leg.amount === 0 ? fill.price : cost / amount };
}

function entryOf(open: OpenTrade): Pick<Trade, 'side' | 'amount' | 'entryTime' | 'entryPrice'> {
  const { entryTime, bought } = open;
  return { side: 'buy', amount: bought.amount, entryTime, entryPrice: bought.price };
}

function profit(open: OpenTrade, proceeds: number): Pick<Trade, 'fees' | 'pnl' | 'returnPct'> {
  const pnl = proceeds - open.bought.cost - open.fees;
  return { fees: open.fees, pnl, returnPct: pnl / open.bought.cost };
}
