/**
 * Time for paper trading that nobody gains by setting the computer's clock forward: it runs ahead of the time that has
 * really passed only once the market itself says that it is so late. Days, and with them the limits, go by it.
 */

import type { FeedEvent, MarketFeed } from '../../core/ports/market-feed.ts';
import { timeframeMs } from '../../core/domain/timeframe.ts';
import { Listeners } from '../listeners.ts';
import type { Clock } from './clock.ts';

export interface SteadyClockOptions {
  readonly clock: Clock;
  readonly feed: MarketFeed;
  /** No later than it is, ms UTC. */
  readonly since: number;
  readonly reportFault: (error: unknown) => void;
}

/** Network time may set a clock by so much at once, and timers come so late, ms. */
const GRACE_MS = 90_000;

/** From one beat to the next, ms: timers do not mind what the clock is set to. */
const BEAT_MS = 60_000;

/** As `BEAT_MS` while the computer's clock is ahead and the beats alone tell the time. */
const SHORT_BEAT_MS = 1_000;

/** From one question to the market to the next, ms of beats. */
const ASK_EVERY_MS = 10_000;

export class SteadyClock implements Clock {
  readonly #options: SteadyClockOptions;
  /** ms UTC: it is at least so late. */
  #proven: number;
  /** Of all beats, ms. */
  #passed = 0;
  #askedAt = -Infinity;
  #answer: Promise<void> = Promise.resolve();
  #isAhead = false;
  #callOff: () => void;
  readonly #listeners: Listeners<[isAhead: boolean]>;

  constructor(options: SteadyClockOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
    this.#proven = options.since;
    this.#callOff = this.#beatLater();
  }

  now(): number {
    const now = this.#options.clock.now();
    this.#see(now);
    return this.within(now);
  }

  setTimer(ms: number, callback: () => void): () => void {
    // Between two beats time stands still: whoever waits for the next millisecond would ask all the while.
    const wait = this.#isAhead ? Math.max(ms, SHORT_BEAT_MS) : ms;
    return this.#options.clock.setTimer(wait, callback);
  }

  /** @param time ms UTC, of anybody's clock @returns the same, or the latest that it can be */
  within(time: number): number {
    return Math.min(time, this.#proven + GRACE_MS);
  }

  /** @param time ms UTC @returns whether it is so late; the market is asked where that is not known */
  async hasCome(time: number): Promise<boolean> {
    if (this.within(time) === time) return true;
    this.#ask();
    await this.#answer;
    return this.within(time) === time;
  }

  /** Told when the computer's clock gets ahead of the proven time, and when it no longer is. The answer ends it. */
  onAhead(listener: (isAhead: boolean) => void): () => void {
    return this.#listeners.add(listener);
  }

  get isAhead(): boolean {
    return this.#isAhead;
  }

  stop(): void {
    this.#callOff();
    this.#listeners.clear();
  }

  #beatLater(): () => void {
    const ms = this.#isAhead ? SHORT_BEAT_MS : BEAT_MS;
    return this.#options.clock.setTimer(ms, () => {
      this.#proven += ms;
      this.#passed += ms;
      this.#callOff = this.#beatLater();
      this.#see(this.#options.clock.now());
    });
  }

  #see(now: number): void {
    const isAhead = this.within(now) < now;
    if (isAhead) this.#ask();
    if (isAhead === this.#isAhead) return;
    this.#isAhead = isAhead;
    this.#callOff();
    this.#callOff = this.#beatLater();
    this.#listeners.tell(isAhead);
  }

  /** Once in a while however often it is wanted. */
  #ask(): void {
    const { feed, clock, reportFault } = this.#options;
    if (feed.time === undefined || this.#passed < this.#askedAt + ASK_EVERY_MS) return;
    this.#askedAt = this.#passed;
    this.#answer = feed.time().then((time) => {
      const now = clock.now();
      // An exchange may be ahead of a clock that is right: then it is as late as that one says.
      if (time !== null && Number.isFinite(time)) {
        this.#proven = Math.max(this.#proven, Math.min(time, now));
      }
      this.#see(now);
    }, reportFault);
  }
}

const AHEAD =
  "This computer's clock is ahead of the time that has really passed. Days, and what may be traded in them, go on by the real time; set the clock to network time.";

/** The feed as an account on a steady clock is told of it: nothing of it is dated later than it can be. */
export function steadyFeed<Feed extends MarketFeed>(feed: Feed, clock: SteadyClock): Feed {
  return {
    ...feed,
    subscribe(wants, listener) {
      let isEnded = false;
      let hasPrices = false;
      const tell = (event: FeedEvent): void => {
        if (!isEnded) listener(event);
      };
      const ahead = (isAhead: boolean): void => {
        const sentence = isAhead ? AHEAD : `Prices come from ${feed.name}.`;
        tell({ kind: 'connection', up: true, sentence });
      };
      const unlisten = clock.onAhead(ahead);
      const end = feed.subscribe(wants, (event) => {
        if (event.kind === 'quote') {
          const { quote } = event;
          tell({ kind: 'quote', quote: { ...quote, time: clock.within(quote.time) } });
          // Whoever hears a first price says that all is well.
          if (!hasPrices && clock.isAhead) ahead(true);
          hasPrices = true;
          return;
        }
        if (event.kind === 'connection') return tell(event);
        const closed = event.bar[0] + timeframeMs(event.timeframe);
        if (clock.within(closed) === closed) return tell(event);
        // One that is not over by any time but this computer's: the bot learns of it from the history, once it is.
        void clock.hasCome(closed).then((hasCome) => {
          if (hasCome) tell(event);
        });
      });
      return () => {
        isEnded = true;
        unlisten();
        end();
      };
    },
  };
}
