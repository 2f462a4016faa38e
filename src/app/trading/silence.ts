/** Whether the exchange answers when it is asked for our orders: after some failures in a row the person is told. */

import type { ExchangePort } from '../../core/ports/exchange.ts';
import type { ConnectionEvent } from '../../core/events.ts';
import type { Clock } from './clock.ts';

export interface SilenceOptions {
  readonly exchange: ExchangePort;
  readonly clock: Clock;
  readonly tell: (kind: ConnectionEvent['kind'], sentence: string) => void;
  readonly track: (work: Promise<void>) => void;
}

/** Questions in a row that nobody answers before it counts. */
const FAILURES = 3;

/** How soon an exchange that is silent is asked whether it is back, ms. */
const ASK_AGAIN_MS = 10_000;

export class Silence {
  /** Where questions about orders are asked, so that it is known whether they are answered. */
  readonly heard: Pick<ExchangePort, 'find' | 'arrivalMs'>;
  readonly #options: SilenceOptions;
  #failures = 0;
  #sentence: string | null = null;
  #callOff: () => void = () => {};
  #isStopped = false;

  constructor(options: SilenceOptions) {
    this.#options = options;
    const { exchange } = options;
    this.heard = {
      get arrivalMs() {
        return exchange.arrivalMs;
      },
      find: async (orderId, symbol) => {
        const answer = await exchange.find(orderId, symbol);
        this.#note(answer.ok);
        return answer;
      },
    };
  }

  /** `null` while it answers. */
  get sentence(): string | null {
    return this.#sentence;
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff();
  }

  #note(isAnswered: boolean): void {
    if (this.#isStopped) return;
    this.#failures = isAnswered ? 0 : this.#failures + 1;
    const { name } = this.#options.exchange;
    if (isAnswered && this.#sentence !== null) {
      this.#sentence = null;
      this.#callOff();
      this.#options.tell('exchange-answers', `${name} answers again when it is asked for orders.`);
    } else if (this.#failures >= FAILURES && this.#sentence === null) {
      this.#sentence = `${name} has not answered ${FAILURES} questions in a row about our orders: what has traded there is not known. Stops that rest there stay.`;
      this.#options.tell('exchange-silent', this.#sentence);
      this.#askLater();
    }
  }

  /** Also where no order is asked for any more: what waits for the exchange must hear that it is back. */
  #askLater(): void {
    const { clock, exchange, track } = this.#options;
    this.#callOff = clock.setTimer(ASK_AGAIN_MS, () => {
      track(
        exchange.balances().then((answer) => {
          this.#note(answer.ok);
          if (this.#sentence !== null && !this.#isStopped) this.#askLater();
        }),
      );
    });
  }
}
