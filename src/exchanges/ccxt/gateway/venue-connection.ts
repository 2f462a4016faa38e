/** One account at one exchange, as ccxt speaks to it: markets, clock, pauses, and reads that are asked again. */

import { InvalidNonce, type Exchange } from 'ccxt';
import { fail, ok, type Result } from '../../../core/domain/result.ts';
import { DAY_MS } from '../../../core/domain/timeframe.ts';
import type { ExchangeFailure } from '../../../core/ports/exchange.ts';
import type { Fetch } from '../bounded-fetch.ts';
import type { FeedClock } from '../feed-clock.ts';
import { createRatePause } from '../rate-pause.ts';
import {
  askAgain,
  LONGEST_SILENCE_MS,
  type Attempt,
  type Patience,
  type Unasked,
} from '../retry.ts';
import { orderError, saysToWait, type OrderError } from './order-errors.ts';
import { oneAtATime, privateFetch } from './private-fetch.ts';
import type { Credentials, TradingVenue } from './venue-row.ts';

export interface ConnectionOptions {
  readonly venue: TradingVenue;
  readonly credentials: Credentials;
  readonly clock: FeedClock;
  /** From 0 inclusive to 1 exclusive: spreads retries. */
  readonly random: () => number;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly requestGapMs: number | undefined;
}

/** Left for the last attempt's answer, so that nobody waits longer than `LONGEST_SILENCE_MS`. */
const ANSWER_MS = 5_000;

export class VenueConnection {
  readonly exchange: Exchange;
  readonly #name: string;
  readonly #patience: Patience;
  readonly #unasked: Unasked<ExchangeFailure>;
  readonly #closing = new AbortController();
  readonly #now: () => number;
  #loading: Promise<unknown> | null = null;
  /** ms UTC; of the markets' rules. */
  #loadedAt = 0;
  /** The exchange has refused the time of a request: its clock is to be read again before the next. */
  #isClockOff = false;
  #answeredInMs = 0;

  constructor(options: ConnectionOptions) {
    const { venue, credentials, clock, random, requestGapMs } = options;
    this.#name = venue.name;
    this.#now = () => clock.now();
    const pause = createRatePause(this.#now);
    const closing = this.#closing.signal;
    this.#patience = {
      clock,
      random,
      pauseMs: pause.leftMs,
      closing,
      longestMs: LONGEST_SILENCE_MS - ANSWER_MS,
    };
    this.#unasked = {
      closed: fail('EXCHANGE_UNAVAILABLE', `The connection to ${venue.name} is closed.`),
      toldToWait: (ms) => fail('EXCHANGE_UNAVAILABLE', saysToWait(venue.name, ms)),
    };
    const bounded = privateFetch({
      fetch: options.fetch,
      pause,
      closing,
      now: this.#now,
      patience: this.#patience,
      pauseAskedFor: venue.pauseAskedFor ?? (() => 0),
      onAnswer: (ms) => {
        this.#answeredInMs = ms;
      },
    });
    this.exchange = venue.open({
      ...credentials,
      timeout: options.timeoutMs,
      enableRateLimit: true,
      ...(requestGapMs === undefined ? {} : { rateLimit: requestGapMs }),
      fetchImplementation: venue.isSerial ? oneAtATime(bounded) : bounded,
    });
    // One clock for what is signed and for what is waited for.
    this.exchange.milliseconds = this.#now;
  }

  /** ms that the latest answer took, without the time that ccxt held its question back. */
  get answeredInMs(): number {
    return this.#answeredInMs;
  }

  /** Ends every request. */
  close(): void {
    this.#closing.abort();
  }

  /** What ccxt does once for each object and never again: a first failure of it would be every call's. */
  async ready(): Promise<void> {
    if (this.exchange.markets === undefined) await this.#load();
    if (!this.#isClockOff) return;
    await this.exchange.loadTimeDifference();
    this.#isClockOff = false;
  }

  /** Reads the markets' rules again where they are a day old. */
  async fresh(): Promise<void> {
    if (this.exchange.markets === undefined || this.#now() - this.#loadedAt > DAY_MS) {
      await this.#load();
    }
  }

  /** Asks until there is an answer, at most four times and within 30 s; what cannot help is not asked again. */
  async read<T>(ask: () => Promise<T>): Promise<Result<T, ExchangeFailure>> {
    const answer = await askAgain<T, ExchangeFailure>(
      () => this.#attempt(ask),
      this.#patience,
      this.#unasked,
    );
    return answer.ok ? answer : { ok: false, error: answer.error };
  }

  /** Asks once: where what was is of no use. */
  async readOnce<T>(ask: () => Promise<T>): Promise<Result<T, ExchangeFailure>> {
    const answer = await this.#attempt(ask);
    return answer.ok ? answer : { ok: false, error: answer.error };
  }

  meaning(error: unknown): OrderError {
    if (error instanceof InvalidNonce) this.#isClockOff = true;
    return orderError(error, this.#name);
  }

  async #attempt<T>(ask: () => Promise<T>): Promise<Attempt<T, ExchangeFailure>> {
    try {
      return ok(await ask());
    } catch (error) {
      const { code, sentence, retry } = this.meaning(error);
      return { ...fail(code, sentence), retry };
    }
  }

  async #load(): Promise<void> {
    this.#loading ??= this.exchange.loadMarkets(true).finally(() => {
      this.#loading = null;
    });
    await this.#loading;
    this.#loadedAt = this.#now();
  }
}
