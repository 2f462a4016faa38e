/** An entry that a person asks for: whether it can be looked at now, and what is wanted then. */

import type { Account, Pair } from '../account/account.ts';
import type { Denial } from '../domain/denial.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { CommandEvent } from '../events.ts';
import { attachExits, type AttachedExits } from './attached-exits.ts';
import type { EntryWish } from './entry-view.ts';

export type ByHand = Extract<CommandEvent, { readonly kind: 'entry-by-hand' }>;

export class EntryByHand {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #exits: AttachedExits;
  readonly #pair: Pair;
  readonly #account: Account;

  constructor(
    botId: string,
    instrument: Instrument,
    exits: AttachedExits,
    pair: Pair,
    account: Account,
  ) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#exits = exits;
    this.#pair = pair;
    this.#account = account;
  }

  /** @param isEngaged whether the bot is in the market, or on the way there */
  whyNot({ time, cost }: ByHand, isEngaged: boolean): Denial | null {
    if (!this.#account.hasFreshPrice(this.#pair.base)) {
      const sentence = `There is no price of ${this.#instrument.symbol} from the last minute to judge the order by.`;
      return { time, side: 'buy', code: 'NO_FRESH_PRICE', sentence, askedCost: cost };
    }
    if (!isEngaged) return null;
    const sentence = `The bot ${this.#botId} already has a position or an open order. Close it first.`;
    return { time, side: 'buy', code: 'POSITION_OPEN', sentence, askedCost: cost };
  }

  /** At the last price. */
  wish({ time, cost, limit, protection }: ByHand): EntryWish {
    const { balances } = this.#account;
    const price = balances.rate(this.#pair.base) / balances.rate(this.#pair.quote);
    const attached = attachExits(protection, this.#exits, limit ?? price);
    return { time, price, limit, protection: attached, sizing: { kind: 'fixed', cost } };
  }
}
