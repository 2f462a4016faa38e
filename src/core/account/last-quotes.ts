/** The last prices of each symbol, and when they were seen: what an entry may be decided by. */

import type { MarketView } from '../risk/market-view.ts';

export interface LastQuote {
  /** In quote. */
  readonly ask: number;
  /** ms UTC, by the account's time. */
  readonly seenAt: number;
}

export class LastQuotes {
  readonly #quotes = new Map<string, LastQuote>();

  /** @param now the account's time, ms UTC */
  view(symbol: string, now: number): MarketView {
    const last = this.#quotes.get(symbol);
    if (last === undefined) return { kind: 'none' };
    return { kind: 'quote', ask: last.ask, ageMs: now - last.seenAt };
  }

  see(symbol: string, ask: number, seenAt: number): void {
    this.#quotes.set(symbol, { ask, seenAt });
  }

  /** Prices do not come any more: those that came are nothing to act on. */
  forget(): void {
    this.#quotes.clear();
  }

  state(): Readonly<Record<string, LastQuote>> {
    return Object.fromEntries(this.#quotes);
  }

  restore(state: Readonly<Record<string, LastQuote>>): void {
    for (const [symbol, quote] of Object.entries(state)) this.#quotes.set(symbol, quote);
  }
}
