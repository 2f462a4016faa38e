/** When the books are compared with the exchange: soon after something odd, and again until it could be done. */

import type { Engine } from '../../core/engine.ts';
import type { EngineEvent } from '../../core/events.ts';
import type { Clock } from './clock.ts';
import type { Comparison, Reconciler } from './reconciler.ts';

export interface ComparisonsOptions {
  readonly reconciler: Pick<Reconciler, 'compare'>;
  readonly clock: Clock;
  readonly engine: Pick<Engine, 'orders' | 'bots'>;
  /** Whether anything is still decided: nothing is compared soon where it is not. */
  readonly isRunning: () => boolean;
  /** Whether an order is being sent at this moment: not to be found proves nothing. */
  readonly isSending: (orderId: string) => boolean;
  /** Begins to ask what has become of an order. */
  readonly lookUp: (orderId: string) => void;
  /** Told of what must not happen: trading ends over it. */
  readonly fail: (error: unknown) => void;
}

/** Soon after something odd is compared, and later where that could not be done, ms. */
const FIRST_WAIT_MS = 0;
const NEXT_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export class Comparisons {
  readonly #options: ComparisonsOptions;
  /** Calls off the comparison that comes soon; kept until it is over. */
  #callOff: (() => void) | null = null;
  /** ms. */
  #wait = FIRST_WAIT_MS;
  #isStopped = false;

  constructor(options: ComparisonsOptions) {
    this.#options = options;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Compares at once, and asks on for the orders of which nobody could tell. */
  async compare(): Promise<Comparison> {
    const { reconciler, isSending, lookUp } = this.#options;
    const compared = await reconciler.compare();
    if (compared.kind !== 'partly') return compared;
    for (const orderId of compared.unresolved) {
      if (!isSending(orderId)) lookUp(orderId);
    }
    if (compared.unresolved.length === 0) this.soon();
    return compared;
  }

  /** Compares soon, and again with growing pauses until it could be done. */
  soon(): void {
    const { clock, fail, isRunning } = this.#options;
    if (this.#isStopped || !isRunning() || this.#callOff !== null) return;
    const wait = this.#wait;
    this.#wait = Math.min(Math.max(2 * wait, NEXT_WAIT_MS), LONGEST_WAIT_MS);
    this.#callOff = clock.setTimer(wait, () => {
      this.#compareNow().catch(fail);
    });
  }

  /** Compares soon where something has happened that the books do not explain. */
  hear(event: EngineEvent): void {
    if (this.#isOdd(event)) this.soon();
  }

  /** Idempotent. */
  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
  }

  async #compareNow(): Promise<void> {
    const compared = await this.compare();
    this.#callOff = null;
    if (this.#isStopped) return;
    const isUndone = compared.kind !== 'agreed' && !hasUnresolved(compared);
    if (!this.#isAnySuspect() && !isUndone) this.#wait = FIRST_WAIT_MS;
    else this.soon();
  }

  #isOdd(event: EngineEvent): boolean {
    switch (event.kind) {
      case 'order-unknown':
      case 'order-contradicted':
      case 'position-doubted':
        return true;
      case 'order-rejected':
        return this.#options.engine.orders.get(event.orderId)?.order.purpose === 'exit';
      case 'order-cancelled':
      case 'order-expired':
        return this.#isAnySuspect();
      default:
        return false;
    }
  }

  #isAnySuspect(): boolean {
    return this.#options.engine.bots.list.some(({ holding }) => holding.doubt?.kind === 'suspect');
  }
}

function hasUnresolved(compared: Comparison): boolean {
  return compared.kind === 'partly' && compared.unresolved.length > 0;
}
