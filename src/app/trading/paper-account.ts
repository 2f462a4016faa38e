/** A paper account: the trading of a live one, on an exchange of our own with money that is put in by hand. */

import type { Slot } from '../../core/account/balances.ts';
import { SimulatedExchange } from '../../exchanges/simulated/simulated-exchange.ts';
import { entryDoor } from './entry-door.ts';
import { SteadyClock, steadyFeed } from './steady-clock.ts';
import { TradingAccount, type TradingAccountOptions } from './trading-account.ts';

const STOPPED = 'The emergency stop is in force: nothing is bought.';

/** Relative: what two sums of the same money may differ by. */
const ROUNDING = 1e-12;

export class PaperAccount extends TradingAccount {
  readonly #exchange: SimulatedExchange;
  readonly #steady: SteadyClock;

  /** @throws Error where the kept account cannot be gone on with */
  static open(options: TradingAccountOptions): PaperAccount {
    const { account, store, rules, feed, reportFault } = options;
    const since = Math.min(options.clock.now(), account.state?.account.time ?? Infinity);
    const clock = new SteadyClock({ clock: options.clock, feed, since, reportFault });
    try {
      const exchange = new SimulatedExchange({
        costs: rules.costs,
        store: store.simulated(account.id),
        now: () => clock.now(),
      });
      return new PaperAccount(
        { ...options, clock, feed: steadyFeed(feed, clock) },
        exchange,
        clock,
      );
    } catch (error) {
      clock.stop();
      throw error;
    }
  }

  private constructor(
    options: TradingAccountOptions,
    exchange: SimulatedExchange,
    clock: SteadyClock,
  ) {
    const stopped = (): string | null => (options.stops.holds('paper') ? STOPPED : null);
    super(options, {
      mode: 'paper',
      exchange: entryDoor(exchange, stopped),
      match: (quote) => exchange.quote(quote),
      list: (instrument) => exchange.list(instrument),
      instrument: (symbol) => options.feed.instrument(symbol),
      pricedSymbols: () => Promise.resolve([]),
      externalOrders: () => [],
    });
    this.#exchange = exchange;
    this.#steady = clock;
  }

  override async close(): Promise<void> {
    this.#steady.stop();
    await super.close();
  }

  /** Puts money in or takes it out. @returns a sentence where there is not enough of it */
  transfer(currency: string, amount: number): string | null {
    const { balances } = this.session.engine.account;
    // Not `slot`, which makes a place for a currency: only an event may change the account.
    const slot = balances.currencies.indexOf(currency);
    const held = slot === -1 ? 0 : balances.amount(slot);
    const free = slot === -1 ? 0 : Math.max(0, held - this.#promised(slot));
    if (free + amount < -ROUNDING * held) {
      const rest = free < held ? ' The rest is needed by open orders or belongs to positions.' : '';
      return `Only ${free} ${currency} can be taken out.${rest}`;
    }
    const moved = Math.max(amount, -held);
    this.#exchange.transfer(currency, moved);
    this.session.dispatch({ kind: 'transfer', time: this.now(), currency, amount: moved });
    return null;
  }

  /** What open entries may still take of a currency, and what bots hold of it. */
  #promised(slot: Slot): number {
    const { bots } = this.session.engine;
    return bots.list
      .filter(({ pair }) => pair.base === slot)
      .reduce((sum, { holding }) => sum + holding.position.amount, bots.reserved(slot));
  }
}
