/** One bot's position with its average cost, and the round trips it has made. All money in quote, amounts in base. */

import type { Fee, Fill } from '../domain/fill.ts';
import type { ExitReason } from '../domain/order.ts';
import type { Trade } from '../domain/trade.ts';

/** All fills of one side. `price` is the first fill's own, then the average: cost / amount would blur a single one. */
interface Leg {
  readonly amount: number;
  readonly cost: number;
  readonly price: number;
}

/** A round trip that is under way: what its fills add up to so far. */
export interface OpenTrade {
  readonly entryTime: number;
  readonly bought: Leg;
  readonly sold: Leg;
  /** All fees at their worth in quote. */
  readonly fees: number;
  /** The part of `fees` that was paid on top; a fee taken out of the coins shows in what they sell for. */
  readonly feesOnTop: number;
  /** Of the order that sold last; missing before the first sale, and where it was kept before that was noted. */
  readonly soldFor?: ExitReason;
  /** Fees whose currency had no price when they were paid; left out by states of before they were kept. */
  readonly unpriced?: readonly Fee[];
}

/** A position as it is kept between two runs. */
export interface PositionState {
  readonly amount: number;
  readonly fees: number;
  readonly open: OpenTrade | null;
}

/** What is left of a position and too little to be sold, with the part of the cost that it carries. */
export interface Dust {
  readonly amount: number;
  readonly cost: number;
}

const NOTHING: Leg = { amount: 0, cost: 0, price: 0 };

/** What is left of a position after selling counts as nothing under this fraction of what was bought. */
const NOTHING_FRACTION = 1e-12;

export class Position {
  readonly trades: Trade[] = [];
  #amount = 0;
  #fees = 0;
  #open: OpenTrade | null = null;

  /** Held, in base. */
  get amount(): number {
    return this.#amount;
  }

  get isOpen(): boolean {
    return this.#amount > 0;
  }

  /** Of all fills so far, at their worth in quote. */
  get fees(): number {
    return this.#fees;
  }

  /** Average price paid for the open position; `null` when flat. */
  get entryPrice(): number | null {
    return this.#open?.bought.price ?? null;
  }

  /** First fill of the open position, ms UTC; `null` when flat. */
  get entryTime(): number | null {
    return this.#open?.entryTime ?? null;
  }

  /** Notes a fee that cannot be told in quote yet, of the open trade. */
  owe(fee: Fee): void {
    const open = this.#open;
    if (open !== null) this.#open = { ...open, unpriced: [...(open.unpriced ?? []), fee] };
  }

  /** Counts what is owed in fees and can be told in quote by now. */
  settleFees(inQuote: (fee: Fee) => number | null): void {
    const open = this.#open;
    if (open?.unpriced === undefined || open.unpriced.length === 0) return;
    const left: Fee[] = [];
    let sum = 0;
    for (const fee of open.unpriced) {
      const worth = inQuote(fee);
      if (worth === null) left.push(fee);
      else sum += worth;
    }
    this.#fees += sum;
    const { fees, feesOnTop } = open;
    this.#open = { ...open, fees: fees + sum, feesOnTop: feesOnTop + sum, unpriced: left };
  }

  /**
   * @param feeInQuote the fee's worth in quote, whatever it was paid in
   * @param feeInBase the part of the fee that was taken from what was bought
   */
  buy(fill: Fill, feeInQuote: number, feeInBase: number): void {
    this.#amount += fill.amount - feeInBase;
    this.#fees += feeInQuote;
    const open = this.#open ?? newTrade(fill.time);
    this.#open = {
      ...open,
      bought: added(open.bought, fill),
      ...paid(open, feeInQuote, feeInBase),
    };
  }

  /**
   * A fee in the coin itself is not taken from the position: the exchange has promised those coins to the order, and
   * takes it from what the account holds beside them.
   * @param feeInQuote the fee's worth in quote, whatever it was paid in
   * @returns the round trip, where this fill ended it
   * @throws Error when more is sold than is held: the books would no longer be the exchange's.
   */
  sell(fill: Fill, feeInQuote: number): Trade | null {
    const open = this.#open;
    if (open === null || fill.amount > this.#amount * (1 + NOTHING_FRACTION)) {
      throw new Error(
        `Sold ${fill.amount}, but only ${this.#amount} is held (order ${fill.orderId}).`,
      );
    }
    this.#amount -= fill.amount;
    this.#fees += feeInQuote;
    const soldFor = fill.reason ?? open.soldFor ?? 'signal';
    const sold = { ...open, sold: added(open.sold, fill), soldFor, ...paid(open, feeInQuote, 0) };
    this.#open = sold;
    if (this.#amount > open.bought.amount * NOTHING_FRACTION) return null;
    return this.#close(sold, fill.time, soldFor);
  }

  /** Takes what an earlier position left over into this one, with what it cost. @param time ms UTC */
  adopt({ amount, cost }: Dust, time: number): void {
    const open = this.#open ?? newTrade(time);
    const bought = { amount: open.bought.amount + amount, cost: open.bought.cost + cost };
    this.#amount += amount;
    this.#open = { ...open, bought: { ...bought, price: bought.cost / bought.amount } };
  }

  /**
   * Ends the round trip with what is left unsold: it is no position any more, but still the account's.
   * @param reason where no order has sold a part and so told why
   * @returns the trade that the sold part made; `null` where nothing was sold
   */
  leaveDust(
    time: number,
    reason: ExitReason,
  ): { readonly trade: Trade | null; readonly dust: Dust } {
    const open = this.#open;
    if (open === null) throw new Error('There is no open position to leave dust of.');
    const amount = this.#amount;
    const cost = open.bought.cost * (amount / open.bought.amount);
    const { bought, sold } = open;
    if (sold.amount === 0) {
      this.#amount = 0;
      this.#open = null;
      return { trade: null, dust: { amount, cost } };
    }
    const rest = { ...bought, amount: bought.amount - amount, cost: bought.cost - cost };
    const trade = this.#close({ ...open, bought: rest }, time, open.soldFor ?? reason);
    return { trade, dust: { amount, cost } };
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

  /** Profit of the open position if the rest were sold at `price`, fees so far included; 0 when flat. */
  unrealisedPnl(price: number): number {
    const open = this.#open;
    return open === null ? 0 : profit(open, open.sold.cost + this.#amount * price).pnl;
  }

  state(): PositionState {
    return { amount: this.#amount, fees: this.#fees, open: this.#open };
  }

  restore(state: PositionState): void {
    this.#amount = state.amount;
    this.#fees = state.fees;
    this.#open = state.open;
  }

  #close(closed: OpenTrade, exitTime: number, exitReason: ExitReason): Trade {
    this.#amount = 0;
    this.#open = null;
    const trade: Trade = {
      ...entryOf(closed),
      exitTime,
      exitPrice: closed.sold.price,
      exitReason,
      ...profit(closed, closed.sold.cost),
    };
    this.trades.push(trade);
    return trade;
  }
}

function newTrade(entryTime: number): OpenTrade {
  return { entryTime, bought: NOTHING, sold: NOTHING, fees: 0, feesOnTop: 0 };
}

function paid(
  open: OpenTrade,
  feeInQuote: number,
  feeInBase: number,
): Pick<OpenTrade, 'fees' | 'feesOnTop'> {
  return {
    fees: open.fees + feeInQuote,
    feesOnTop: feeInBase === 0 ? open.feesOnTop + feeInQuote : open.feesOnTop,
  };
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
  const pnl = proceeds - open.bought.cost - open.feesOnTop;
  return { fees: open.fees, pnl, returnPct: pnl / open.bought.cost };
}
