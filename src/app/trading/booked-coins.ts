/** Which coins and pairs the books of an account speak of. */

import type { Bot } from '../../core/bot/bot.ts';
import type { Engine } from '../../core/engine.ts';
import { totalHeld, type HeldAmounts } from '../../core/ports/exchange.ts';
import { isUsdAtPar } from '../../core/risk/usd.ts';

/** Relative: what two sums of the same fills may differ by. */
const SAME_BALANCE = 1e-9;

export class BookedCoins {
  readonly #engine: Pick<Engine, 'account' | 'bots' | 'orders'>;
  readonly #whitelist: readonly string[];

  /** @param whitelist symbols that may be traded */
  constructor(engine: Pick<Engine, 'account' | 'bots' | 'orders'>, whitelist: readonly string[]) {
    this.#engine = engine;
    this.#whitelist = whitelist;
  }

  /** Of open positions. */
  get coins(): readonly string[] {
    const bots = this.#engine.bots.list.filter(({ holding }) => holding.position.isOpen);
    return [...new Set(bots.map(({ setup }) => setup.instrument.base))];
  }

  /** Those that hold a coin. */
  botsIn(coin: string): readonly Bot[] {
    return this.#engine.bots.list.filter(
      ({ setup, holding }) => setup.instrument.base === coin && holding.position.isOpen,
    );
  }

  /** Where a coin may have been sold for money of the same worth. */
  symbolsOf(coin: string): readonly string[] {
    const own = this.botsIn(coin).map(({ setup }) => setup.instrument);
    const isInUsd = own.every(({ quote }) => isUsdAtPar(quote));
    const others = this.#whitelist.filter((symbol) => {
      const [base = '', quote = ''] = symbol.split('/');
      return isInUsd && base === coin && isUsdAtPar(quote);
    });
    return [...new Set([...own.map(({ symbol }) => symbol), ...others])];
  }

  /** Of open positions and open orders. */
  get symbolsInUse(): readonly string[] {
    const held = this.#engine.bots.list.filter(({ holding }) => holding.position.isOpen);
    return [
      ...new Set([
        ...held.map(({ setup }) => setup.instrument.symbol),
        ...this.#engine.orders.open.map(({ order }) => order.symbol),
      ]),
    ];
  }

  /** In base; 0 where no bot trades the symbol, or its amounts have no step. */
  stepOf(symbol: string): number {
    const bot = this.#engine.bots.list.find(({ setup }) => setup.instrument.symbol === symbol);
    return bot?.setup.instrument.amountStep ?? 0;
  }

  /** What the books say of a currency. Not by `slot`, which makes a place for it: only an event may change the account. */
  amountOf(currency: string): number {
    const { balances } = this.#engine.account;
    const slot = balances.currencies.indexOf(currency);
    return slot === -1 ? 0 : balances.amount(slot);
  }

  /** Currencies of which the exchange says another amount than the books. */
  differing(held: HeldAmounts): readonly string[] {
    const { currencies } = this.#engine.account.balances;
    return [...new Set([...Object.keys(held), ...currencies])].filter(
      (currency) => !isNear(totalHeld(held[currency]), this.amountOf(currency)),
    );
  }
}

export function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME_BALANCE * Math.max(1, Math.abs(other));
}
