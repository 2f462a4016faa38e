/** One subscription, seen from the window: counts what was read, and grants the app credit for more. */

import type { StreamSpec } from '../define.ts';
import type { ContractError } from '../errors.ts';
import type { StreamObserver } from './client-types.ts';

/** How many events may be on their way to a window that does not read. */
export const CREDIT_WINDOW = 32;

export class ClientSubscription {
  readonly #spec: StreamSpec;
  readonly #observer: StreamObserver<unknown>;
  readonly #grant: (credits: number) => void;
  #read = 0;
  #active = true;

  constructor(
    spec: StreamSpec,
    observer: StreamObserver<unknown>,
    grant: (credits: number) => void,
  ) {
    this.#spec = spec;
    this.#observer = observer;
    this.#grant = grant;
  }

  /** @returns whether the event was understood. */
  receive(raw: unknown): boolean {
    const event = this.#spec.event.safeParse(raw);
    if (!event.success) return false;
    this.#countRead();
    if (this.#active) this.#observer.onEvent(event.data);
    return true;
  }

  end(error: ContractError | null): void {
    if (!this.#active) return;
    this.#active = false;
    this.#observer.onEnd(error);
  }

  /** The observer hears nothing more. */
  leave(): void {
    this.#active = false;
  }

  /** Half a window at a time: the app never waits on a window that reads, and grants stay rare. */
  #countRead(): void {
    this.#read += 1;
    if (this.#read < CREDIT_WINDOW / 2) return;
    const credits = this.#read;
    this.#read = 0;
    this.#grant(credits);
  }
}
