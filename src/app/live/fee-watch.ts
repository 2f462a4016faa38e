/** Asks the exchange what trading costs this account: soon after it is connected, and every hour again. */

import type { Clock } from '../trading/clock.ts';
import type { TradingSession } from '../trading/session.ts';
import type { LiveGateway } from './live-gateway.ts';

export interface FeeWatchOptions {
  readonly gateway: Pick<LiveGateway, 'fees'>;
  readonly session: TradingSession;
  readonly clock: Pick<Clock, 'now'>;
}

/** ms from one answer to the next question. */
const EVERY_MS = 3_600_000;

/** ms until a question that failed is asked again: until then the highest fees are reckoned with. */
const AGAIN_MS = 60_000;

export class FeeWatch {
  readonly #options: FeeWatchOptions;
  /** ms UTC of the next question, by symbol. */
  readonly #next = new Map<string, number>();
  #isStopped = false;

  constructor(options: FeeWatchOptions) {
    this.#options = options;
  }

  /** To be called now and then: asks for what bots trade and is not known, or not any more; one after the other. */
  async look(): Promise<void> {
    const { session, clock } = this.#options;
    for (const { setup } of session.engine.bots.list) {
      const { symbol } = setup.instrument;
      const next = this.#next.get(symbol) ?? -Infinity;
      const now = clock.now();
      // A clock that was set back must not make it wait for as long as it went back.
      if (this.#isStopped || (now < next && next - now <= EVERY_MS)) continue;
      this.#next.set(symbol, now + AGAIN_MS);
      await this.#ask(symbol);
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #ask(symbol: string): Promise<void> {
    const { gateway, session, clock } = this.#options;
    const answer = await gateway.fees(symbol);
    if (!answer.ok || this.#isStopped) return;
    const time = clock.now();
    this.#next.set(symbol, time + EVERY_MS);
    session.dispatch({ kind: 'fees-known', time, symbol, fees: answer.value });
  }
}
