/** Where a stop must be: at least where the entry wanted it, never lower than before, and never passed unheeded. */

import type { EngineEvent } from '../events.ts';
import type { Engine } from '../engine.ts';
import type { EntryOrder } from '../domain/order.ts';
import { expectThat } from './expect-that.ts';

const ROUNDING = 1e-9;

export class StopsReference {
  /** The highest stop of each open position so far, in quote. */
  readonly #levels = new Map<string, number>();
  /** Bots whose stop the engine keeps itself. */
  #watched: readonly string[] = [];

  before(engine: Engine): void {
    this.#watched = engine.bots.list
      .filter(({ holding }) => holding.guardPlace === 'engine' && holding.wantsOut === null)
      .map(({ setup }) => setup.id);
  }

  check(event: EngineEvent, engine: Engine): void {
    for (const { setup, holding } of engine.bots.list) {
      const { id, instrument } = setup;
      if (!holding.position.isOpen) {
        this.#levels.delete(id);
        continue;
      }
      const stop = holding.plan?.stop ?? 0;
      if (event.kind === 'order-filled') this.#noteEntry(event, id, engine);
      const level = this.#levels.get(id) ?? 0;
      expectThat(stop > 0, `${id} has a position without a stop`);
      expectThat(stop >= level * (1 - ROUNDING), `${id} has its stop at ${stop}, under ${level}`);
      this.#levels.set(id, stop);
      const isHit =
        event.kind === 'quote' && event.symbol === instrument.symbol && event.bid <= stop;
      const isUnheeded = isHit && this.#watched.includes(id) && holding.wantsOut === null;
      expectThat(!isUnheeded, `${id} watches its stop at ${stop} and does not sell`);
    }
  }

  #noteEntry(
    { orderId, fill }: Extract<EngineEvent, { kind: 'order-filled' }>,
    botId: string,
    engine: Engine,
  ): void {
    const record = engine.orders.get(orderId);
    if (record?.botId !== botId || record.order.purpose !== 'entry') return;
    const level = this.#levels.get(botId);
    if (level === undefined) this.#levels.set(botId, wanted(record.order, fill.price));
  }
}

/** Where the entry wanted it, seen from its first fill. */
function wanted({ protection }: EntryOrder, price: number): number {
  const { stop, trailing } = protection;
  const fixed = stop?.kind === 'price' ? stop.price : price * (1 - (stop?.fraction ?? 1));
  return Math.max(fixed, trailing === null ? 0 : price * (1 - trailing));
}
