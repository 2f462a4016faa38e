/** An entry on its way to the gate: what is wanted, the order that it becomes, and the account that it is judged by. */

import type { Pair } from '../account/account.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { EntryOrder, Protection } from '../domain/order.ts';
import type { Sizing } from '../domain/sizing.ts';
import type { AccountView } from '../risk/policy.ts';
import type { Desk } from './desk.ts';

/** An entry that is wanted, from a strategy or by hand. */
export interface EntryWish {
  /** Of the decision, ms UTC. */
  readonly time: number;
  /** Price of the decision, in quote. */
  readonly price: number;
  readonly limit: number | null;
  readonly protection: Protection;
  readonly sizing: Sizing;
}

export class EntryView {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #pair: Pair;
  readonly #desk: Desk;

  constructor(botId: string, instrument: Instrument, pair: Pair, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#pair = pair;
    this.#desk = desk;
  }

  /** @param isPaused whether the bot is not running */
  account({ time, price, limit }: EntryWish, isPaused: boolean): AccountView {
    const { account } = this.#desk;
    const { quote } = this.#pair;
    const equity = account.equity();
    return {
      time,
      price,
      market: this.#desk.market(this.#instrument.symbol),
      cash: account.balances.amount(quote) - this.#desk.reserved(quote),
      equity: equity / account.balances.rate(quote),
      feeRate: this.feeRate(limit),
      day: account.day,
      isDayKnown: this.#desk.isDayKnown(),
      usdPerQuote: account.usdPer(quote),
      tradingState: account.tradingState,
      isPaused,
      isInDoubt: this.#desk.isInDoubt(),
      botId: this.#botId,
      now: account.time,
      pastTrades: account.pastTrades,
      openPositions: this.#desk.openPositions(),
    };
  }

  /** The highest fee that a fill of the entry or of its stop may pay, a fraction. @param limit in quote */
  feeRate(limit: number | null): number {
    const { taker, maker } = this.#desk.feesOf(this.#instrument.symbol);
    return limit === null ? taker : Math.max(taker, maker);
  }

  /**
   * @param limit in quote; `null` buys at the market
   * @param cost in quote
   */
  order(id: string, limit: number | null, cost: number, protection: Protection): EntryOrder {
    return {
      purpose: 'entry',
      id,
      symbol: this.#instrument.symbol,
      side: 'buy',
      type: limit === null ? 'market' : 'limit',
      size: { unit: 'quote', cost },
      price: limit,
      bound: null,
      protection,
    };
  }
}
