/** One subscription, seen from the app: sends against credit, and lets the overflow policy decide about the rest. */

import { assertNever } from '../../core/domain/assert-never.ts';
import { contractError, type ContractError } from '../errors.ts';
import type { BoundStream } from './bound-handlers.ts';
import type { Sink } from './handlers.ts';
import { MAX_CREDITS } from './protocol.ts';

/** How many unsent events a `fail` stream holds before it gives up. */
export const OVERFLOW_LIMIT = 256;

export interface SubscriptionPort {
  sendEvent(event: unknown): void;
  /** The last thing sent; the subscription is forgotten with it. */
  sendEnd(error: ContractError | null): void;
  /** Reports an error nobody foresaw, and gives what the window may know of it. */
  incident(error: unknown): ContractError;
}

export class ServerSubscription implements Sink<unknown> {
  readonly #stream: BoundStream;
  readonly #port: SubscriptionPort;
  #credits: number;
  #unsent: unknown[] = [];
  /** `ending`: the handler ended it, but events still wait for credit. */
  #state: 'open' | 'ending' | 'done' = 'open';
  #endError: ContractError | null = null;
  #release: (() => void) | null = null;

  constructor(stream: BoundStream, credits: number, port: SubscriptionPort) {
    this.#stream = stream;
    this.#credits = credits;
    this.#port = port;
  }

  /** Calls the handler, which may push and even end before it returns its release. */
  start(input: unknown): void {
    try {
      const release = this.#stream.handle(input, this);
      if (typeof release !== 'function') throw new TypeError('The handler gave no release.');
      this.#release = () => {
        Reflect.apply(release, undefined, []);
      };
    } catch (error) {
      this.#finish(this.#port.incident(error));
      return;
    }
    if (this.#state !== 'open') this.#releaseOnce();
  }

  push(event: unknown): void {
    if (this.#state !== 'open') return;
    if (this.#credits > 0) this.#deliver(event);
    else this.#hold(event);
  }

  end(error: ContractError | null): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#endError = error === null ? null : this.#checkedError(error);
    this.#releaseOnce();
    this.#finishWhenDrained();
  }

  /** The window can take this many more events. */
  grant(credits: number): void {
    this.#credits = Math.min(this.#credits + credits, MAX_CREDITS);
    while (this.#credits > 0 && this.#unsent.length > 0) this.#deliver(this.#unsent.shift());
    this.#finishWhenDrained();
  }

  /** The window left: nothing more is sent. */
  leave(): void {
    this.#state = 'done';
    this.#unsent = [];
    this.#releaseOnce();
  }

  #hold(event: unknown): void {
    switch (this.#stream.spec.overflow) {
      case 'latest':
        this.#unsent = [event];
        return;
      case 'fail':
        if (this.#unsent.length < OVERFLOW_LIMIT) this.#unsent.push(event);
        else this.#finish(overflowError(this.#stream.name));
        return;
      default:
        assertNever(this.#stream.spec.overflow);
    }
  }

  #deliver(event: unknown): void {
    try {
      const checked = this.#stream.spec.event.parse(event);
      this.#credits -= 1;
      this.#port.sendEvent(checked);
    } catch (error) {
      this.#finish(this.#port.incident(error));
    }
  }

  #finishWhenDrained(): void {
    if (this.#state === 'ending' && this.#unsent.length === 0) this.#finish(this.#endError);
  }

  #finish(error: ContractError | null): void {
    if (this.#state === 'done') return;
    this.#state = 'done';
    this.#unsent = [];
    this.#port.sendEnd(error);
    this.#releaseOnce();
  }

  #releaseOnce(): void {
    const release = this.#release;
    this.#release = null;
    try {
      release?.();
    } catch (error) {
      this.#port.incident(error);
    }
  }

  /** Only code and sentence cross, whatever else the handler's error carries. */
  #checkedError(error: ContractError): ContractError {
    const checked = contractError.safeParse({ code: error.code, sentence: error.sentence });
    return checked.success ? checked.data : this.#port.incident(checked.error);
  }
}

function overflowError(name: string): ContractError {
  return {
    code: 'SUBSCRIPTION_OVERFLOW',
    sentence: `The window read "${name}" too slowly and missed events. Open this view again.`,
  };
}
