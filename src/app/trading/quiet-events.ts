/** Events on which nothing was decided, waiting for the next commit: none of them is worth a write of its own. */

import type { EngineEvent } from '../../core/events.ts';

type PassingEvent = Extract<EngineEvent, { readonly kind: 'quote' | 'tick' }>;

/**
 * Of quotes and ticks in a row only the last of each symbol and the last tick are kept: an engine that decided
 * nothing on the others is in the same state without them.
 */
export class QuietEvents {
  #events: EngineEvent[] = [];
  /** By symbol; ticks under a name that no symbol has. */
  readonly #latest = new Map<string, PassingEvent>();

  get size(): number {
    return this.#events.length + this.#latest.size;
  }

  add(event: EngineEvent): void {
    if (event.kind !== 'quote' && event.kind !== 'tick') {
      this.#endLatest();
      this.#events.push(event);
      return;
    }
    const name = event.kind === 'quote' ? event.symbol : '';
    // A clock that was set back: the later time has been seen, and that is part of the state.
    if ((this.#latest.get(name)?.time ?? -Infinity) > event.time) this.#endLatest();
    // Moved to the end: they stay in the order of their last ones.
    this.#latest.delete(name);
    this.#latest.set(name, event);
  }

  /** All of them in order, and then none. */
  take(): readonly EngineEvent[] {
    this.#endLatest();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #endLatest(): void {
    this.#events.push(...this.#latest.values());
    this.#latest.clear();
  }
}
