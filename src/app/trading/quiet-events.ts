/** Events on which nothing was decided, waiting for the next commit: none of them is worth a write of its own. */

import type { EngineEvent } from '../../core/events.ts';

type QuoteEvent = Extract<EngineEvent, { readonly kind: 'quote' }>;

/**
 * Of quotes in a row only the last one of each symbol is kept: an engine that decided nothing on the others is in
 * the same state without them.
 */
export class QuietEvents {
  #events: EngineEvent[] = [];
  readonly #quotes = new Map<string, QuoteEvent>();

  get size(): number {
    return this.#events.length + this.#quotes.size;
  }

  add(event: EngineEvent): void {
    if (event.kind !== 'quote') {
      this.#endQuotes();
      this.#events.push(event);
      return;
    }
    // Moved to the end: quotes of several symbols stay in the order of their last ones.
    this.#quotes.delete(event.symbol);
    this.#quotes.set(event.symbol, event);
  }

  /** All of them in order, and then none. */
  take(): readonly EngineEvent[] {
    this.#endQuotes();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #endQuotes(): void {
    this.#events.push(...this.#quotes.values());
    this.#quotes.clear();
  }
}
