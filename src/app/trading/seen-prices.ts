/** When the last price of each symbol was seen, by this computer's clock: asked once more at the moment an entry leaves. */

import type { EngineEvent } from '../../core/events.ts';
import { whyNotFresh } from '../../core/risk/worst-fills.ts';
import type { Clock } from './clock.ts';

export class SeenPrices {
  readonly #clock: Pick<Clock, 'now'>;
  /** ms UTC, by symbol. */
  readonly #seenAt = new Map<string, number>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  see({ symbol }: { readonly symbol: string }): void {
    this.#seenAt.set(symbol, this.#clock.now());
  }

  hear(event: EngineEvent): void {
    if (event.kind === 'prices-lost') this.#seenAt.clear();
  }

  /** Why nothing is bought by what was seen last, as a sentence; `null` while it is fresh. */
  trouble(symbol: string): string | null {
    const seenAt = this.#seenAt.get(symbol);
    const ageMs = seenAt === undefined ? null : this.#clock.now() - seenAt;
    return whyNotFresh(symbol, ageMs);
  }
}
