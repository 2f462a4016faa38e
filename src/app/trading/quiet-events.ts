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
  /** Symbols whose first quote has been kept. */
  readonly #known = new Set<string>();

  get size(): number {
    return this.#events.length + this.#latest.size;
  }

  add(event: EngineEvent): void {
    if (event.kind !== 'quote' && event.kind !== 'tick') {
      this.#keep(event);
      return;
    }
    const name = event.kind === 'quote' ? event.symbol : '';
    if (event.kind === 'quote' && !this.#known.has(name)) {
      this.#keep(event);
      this.#know(name);
      return;
    }
    if (this.#isNeeded(name, event.time)) this.#endLatest();
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

  /** Whether the last one of `name` must stay, although another follows: for that one, or for one in between. */
  #isNeeded(name: string, nextTime: number): boolean {
    const last = this.#latest.get(name);
    if (last === undefined) return false;
    // A clock that was set back: the later time has been seen, and that is part of the state.
    if (last.time > nextTime) return true;
    let isAfter = false;
    for (const [otherName, other] of this.#latest) {
      if (isAfter && (other.time < last.time || isCountedIn(otherName, baseOf(name)))) return true;
      isAfter ||= other === last;
    }
    return false;
  }

  /**
   * The first price of what is held without one moves the day's opening equity. It is the first, too, that gives a
   * worth to what is counted in this coin.
   */
  #know(symbol: string): void {
    for (const other of this.#known) {
      if (isCountedIn(other, baseOf(symbol))) this.#known.delete(other);
    }
    this.#known.add(symbol);
  }

  #keep(event: EngineEvent): void {
    this.#endLatest();
    this.#events.push(event);
  }

  #endLatest(): void {
    this.#events.push(...this.#latest.values());
    this.#latest.clear();
  }
}

function baseOf(symbol: string): string {
  return symbol.split('/')[0] ?? '';
}

/** Whether a price of `symbol` is turned into money by the price of `base`: ETH/BTC by BTC's. */
function isCountedIn(symbol: string, base: string): boolean {
  return base !== '' && symbol.endsWith(`/${base}`);
}
