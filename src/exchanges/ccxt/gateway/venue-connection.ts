/** One account at one exchange, as ccxt speaks to it: markets, clock, pauses, and reads that are asked again. */

import { InvalidNonce, type Exchange, type MarketInterface } from 'ccxt';
import type { TradingStatus } from '../../../core/domain/instrument.ts';
import { fail, ok, type Result } from '../../../core/domain/result.ts';
import { MINUTE_MS } from '../../../core/domain/timeframe.ts';
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
import { orderError, saysToWait, unsent, type OrderError } from './order-errors.ts';
import { tradingStatus } from '../pair-status.ts';
import { stepsOf } from './numbers/pair-steps.ts';
import { HeldBack, oneAtATime, privateFetch } from './private-fetch.ts';
import type { Credentials } from './credentials.ts';
import type { TradingVenue } from './venue-row.ts';
import { rememberAnswers } from './wire-answers.ts';

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

interface Departure {
  /** Whether a request with it has left. */
  readonly hasLeft: boolean;
  readonly heldBack: () => string | null;
}

/** How long the rules of markets are good for. */
const RULES_LIFE_MS = 60 * MINUTE_MS;

/** Left for the last attempt's answer, so that nobody waits longer than `LONGEST_SILENCE_MS`. */
const ANSWER_MS = 5_000;

export class VenueConnection {
  readonly exchange: Exchange;
  readonly #venue: TradingVenue;
  readonly #answerOf: ReturnType<typeof rememberAnswers>;
  /** Orders that are being sent, by id. */
  readonly #departures = new Map<string, Departure>();
  readonly patience: Patience;
  readonly #unasked: Unasked<ExchangeFailure>;
  readonly #closing = new AbortController();
  readonly #now: () => number;
  #loading: Promise<void> | null = null;
  /** ms UTC; of the markets' rules. */
  #loadedAt = 0;
  /** ms UTC; when they were last asked for. */
  #askedAt = 0;
  /** Something that the exchange said makes them doubtful. */
  #isDoubtful = false;
  /** Pairs that the exchange has stopped listing since this began; their orders can still be asked for. */
  readonly #gone = new Set<string>();
  /** The exchange has refused the time of a request: its clock is to be read again before the next. */
  #isClockOff = false;
  #answeredInMs = 0;

  constructor(options: ConnectionOptions) {
    const { venue, credentials, clock, random, requestGapMs } = options;
    this.#venue = venue;
    this.#now = () => clock.now();
    const pause = createRatePause(this.#now);
    const closing = this.#closing.signal;
    this.patience = {
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
      patience: this.patience,
      pauseAskedFor: venue.pauseAskedFor ?? (() => 0),
      onLeave: (url, init) => this.#leaves(url, init),
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
    this.#answerOf = rememberAnswers(this.exchange);
    // One clock for what is signed and for what is waited for.
    this.exchange.milliseconds = this.#now;
  }

  /** ms that the latest answer took, without the time that ccxt held its question back. */
  get answeredInMs(): number {
    return this.#answeredInMs;
  }

  /** ms UTC by the exchange's clock, as far as it was read: it is read where it has refused the time of a request. */
  get theirNow(): number {
    const ahead = Number(this.exchange.options['timeDifference'] ?? 0);
    return this.#now() - (Number.isFinite(ahead) ? ahead : 0);
  }

  /** Ends every request. */
  close(): void {
    this.#closing.abort();
  }

  /** What ccxt does once for each object and never again: a first failure of it would be every call's. */
  async ready(): Promise<void> {
    if (this.exchange.markets === undefined) await this.#load();
    // Nobody waits for it, an exit least of all; where it fails, the next one that comes asks again.
    else if (this.#isOld() && this.#now() - this.#askedAt > MINUTE_MS)
      void this.#load().catch(() => {});
    if (!this.#isClockOff) return;
    await this.exchange.loadTimeDifference();
    this.#isClockOff = false;
  }

  /** Reads the markets' rules again where they are an hour old, or a refusal has made them doubtful. */
  async fresh(): Promise<void> {
    if (this.exchange.markets === undefined || this.#isOld()) await this.#load();
  }

  /** As the rules say that were read last. */
  statusOf(symbol: string): TradingStatus {
    const markets: Readonly<Record<string, MarketInterface | undefined>> =
      this.exchange.markets ?? {};
    if (this.#gone.has(symbol) || !Object.hasOwn(markets, symbol)) return 'gone';
    return tradingStatus(markets[symbol]);
  }

  /** Whatever was said of a pair, its rules are read again at once. */
  doubtMarkets(): void {
    this.#isDoubtful = true;
    this.#askedAt = 0;
  }

  /** Asks until there is an answer, at most four times and within 30 s; what cannot help is not asked again. */
  async read<T>(ask: () => Promise<T>): Promise<Result<T, ExchangeFailure>> {
    const answer = await askAgain<T, ExchangeFailure>(
      () => this.#attempt(ask),
      this.patience,
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
    const meaning = orderError(error, this.#answerOf(error), this.#venue);
    if (error instanceof InvalidNonce || meaning.isClockOff) this.#isClockOff = true;
    if (meaning.kind === 'halted' || meaning.isNoPair) this.doubtMarkets();
    return meaning;
  }

  /** What the refusal of an order is that never left. */
  unsent(error: unknown): ReturnType<typeof unsent> {
    const hasAnswer = this.#answerOf(error) !== undefined;
    return unsent(error, this.meaning(error), hasAnswer, this.#venue.name);
  }

  /** From now on it is known whether an order with this id has left. @param heldBack why it must not, as it leaves */
  expectToSend(orderId: string, heldBack: () => string | null): void {
    this.#departures.set(orderId, { hasLeft: false, heldBack });
  }

  hasLeft(orderId: string): boolean {
    return this.#departures.get(orderId)?.hasLeft ?? false;
  }

  #leaves(url: string, { method, body }: RequestInit): void {
    if (method !== 'POST') return;
    const request = typeof body === 'string' ? `${url} ${body}` : url;
    for (const [orderId, departure] of this.#departures) {
      if (!request.includes(orderId)) continue;
      const sentence = departure.heldBack();
      if (sentence !== null) throw new HeldBack(sentence);
      this.#departures.set(orderId, { ...departure, hasLeft: true });
    }
  }

  forgetSending(orderId: string): void {
    this.#departures.delete(orderId);
  }

  async #attempt<T>(ask: () => Promise<T>): Promise<Attempt<T, ExchangeFailure>> {
    try {
      return ok(await ask());
    } catch (error) {
      const { code, sentence, retry } = this.meaning(error);
      return { ...fail(code, sentence), retry };
    }
  }

  #isOld(): boolean {
    return this.#isDoubtful || this.#now() - this.#loadedAt > RULES_LIFE_MS;
  }

  #load(): Promise<void> {
    this.#loading ??= this.#reload().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #reload(): Promise<void> {
    const { exchange } = this;
    const before = Object.entries<MarketInterface | undefined>(exchange.markets ?? {});
    this.#askedAt = this.#now();
    const markets = await exchange.loadMarkets(true);
    this.#isDoubtful = false;
    this.#loadedAt = this.#now();
    for (const market of Object.values(markets)) {
      if (market !== undefined) sameSteps(market);
    }
    this.#gone.clear();
    for (const [symbol, market] of before) {
      if (market === undefined || Object.hasOwn(markets, symbol)) continue;
      this.#gone.add(symbol);
      markets[symbol] = market;
      Object.assign(exchange.markets_by_id ?? {}, { [market.id ?? symbol]: [market] });
    }
  }
}

/** ccxt rounds by the same steps as we do, and fails over one that is not stated. */
function sameSteps(market: MarketInterface): void {
  const { amountStep, priceStep } = stepsOf(market);
  Object.assign(market.precision, { amount: amountStep, price: priceStep });
}
