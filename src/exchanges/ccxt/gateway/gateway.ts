/** Orders to a real exchange through ccxt: sent once, with our own ids, and looked up by them. */

import { BadResponse, ExchangeNotAvailable, OnMaintenance } from 'ccxt';
import type { TradingFees } from '../../../core/domain/costs.ts';
import type { Instrument, TradingStatus } from '../../../core/domain/instrument.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { OrderEvent } from '../../../core/orders/order-record.ts';
import type {
  AccountTrade,
  CancelAnswer,
  ExchangeFailure,
  ExchangeOrder,
  ExchangePort,
  HeldAmounts,
  SubmitAnswer,
  TopOfBook,
} from '../../../core/ports/exchange.ts';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import type { Fetch } from '../bounded-fetch.ts';
import type { FeedClock } from '../feed-clock.ts';
import { instrumentFromMarket } from '../market-rules.ts';
import { BOOK_LEVELS, quoteFromBook } from '../order-book.ts';
import { exchangeOrder } from './exchange-order.ts';
import { accountTrades } from './account-trades.ts';
import { fitKey, type ValidKey } from './key-rights.ts';
import { OrderSending, type Accepted } from './order-sending.ts';
import { stepsOf } from './numbers/pair-steps.ts';
import { orderRequest, pairRequest, placeOrder, STOP_SLACK } from './order-requests.ts';
import { OrderWatch } from './order-watch.ts';
import { openPrivateConnection } from './private-stream/private-connection.ts';
import { PrivateStream } from './private-stream/private-stream.ts';
import type { Rung } from './private-stream/private-venues.ts';
import type { Credentials } from './credentials.ts';
import type { TradingVenue } from './venue-row.ts';
import { VenueConnection } from './venue-connection.ts';

export interface GatewayHealth {
  /** From question to answer, ms. */
  readonly latencyMs: number;
  /** The exchange's clock less this computer's, ms; right to half the latency and the grain of that clock. */
  readonly clockSkewMs: number;
  readonly status: 'ok';
}

export interface GatewayOptions {
  readonly venue: TradingVenue;
  readonly credentials: Credentials;
  readonly clock: FeedClock;
  /** From 0 inclusive to 1 exclusive: spreads retries; `Math.random` by default. */
  readonly random?: () => number;
  /** How requests leave. */
  readonly fetch: Fetch;
  /** ms until an unanswered request is given up. */
  readonly timeoutMs?: number;
  /** ms from one look at our open orders to the next, in place of the venue's. */
  readonly watchMs?: number;
  /** ms between two requests, in place of the exchange's own limit: for a server that is not the exchange. */
  readonly requestGapMs?: number;
  /** Whether the exchange's stream of this account rings for orders; they are looked at again and again all the same. */
  readonly stream?: StreamOptions;
}

export interface StreamOptions {
  /** `ws://HOST:PORT` of a simulator in place of the exchange. */
  readonly server?: string;
}

/**
 * What the account's stream has rung for; it is never taken for the news itself. `account`: something happened that is
 * not of our orders. `reconnected`: after a cut, of which nothing is told later. `stream-down`: once for each cut.
 * `orders-unasked`: our open orders cannot be asked for, several times in a row; `orders-asked`: they can again.
 */
export type Bell =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'account' | 'reconnected' }
  | { readonly kind: 'stream-down' | 'orders-unasked' | 'orders-asked'; readonly sentence: string };

const TIMEOUT_MS = 5_000;

export class CcxtGateway implements ExchangePort {
  readonly name: string;
  readonly restingExits: ExchangePort['restingExits'];
  readonly arrivalMs: number;
  readonly highestFees: TradingFees;
  readonly #venue: TradingVenue;
  readonly #connection: VenueConnection;
  readonly #watch: OrderWatch;
  readonly #stream: PrivateStream | null;
  readonly #bellListeners = new Set<(bell: Bell) => void>();
  readonly #now: () => number;
  readonly #sending: OrderSending;

  constructor(options: GatewayOptions) {
    const { venue, credentials, clock, fetch } = options;
    this.#venue = venue;
    this.#now = () => clock.now();
    this.name = venue.name;
    this.restingExits = venue.restingExits;
    this.arrivalMs = venue.arrivalMs;
    this.highestFees = venue.highestFees;
    this.#connection = new VenueConnection({
      venue,
      credentials,
      clock,
      random: options.random ?? Math.random,
      fetch,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      requestGapMs: options.requestGapMs,
    });
    this.#watch = new OrderWatch({
      clock,
      everyMs: options.watchMs ?? venue.watchMs,
      find: (orderId, symbol) => this.#found(orderId, symbol),
      onTrouble: (isTrouble) => this.#tellTrouble(isTrouble),
      onMissed: () => this.#stream?.distrust(),
    });
    this.#sending = new OrderSending({
      venue,
      connection: this.#connection,
      find: (orderId, symbol) => this.#found(orderId, symbol),
      onAccepted: ({ id, symbol }) => this.#watch.add(id, symbol),
    });
    this.#stream = options.stream === undefined ? null : this.#streamBy(options, options.stream);
  }

  submit(order: ApprovedOrder, heldBack?: () => string | null): Promise<SubmitAnswer> {
    return this.#sending.send([order], () => this.#place(order), heldBack);
  }

  async submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<SubmitAnswer> {
    const { sendPair } = this.#venue;
    if (sendPair === null) throw new Error(`${this.name} has no pairs of orders.`);
    return this.#sending.send([stop, target], async () => {
      const { exchange } = this.#connection;
      await sendPair(exchange, pairRequest(exchange, stop, target));
      return { exchangeId: null, shown: null };
    });
  }

  async cancel(orderId: string, symbol: string): Promise<CancelAnswer> {
    const { exchange } = this.#connection;
    try {
      await this.#connection.ready();
      return {
        kind: 'cancelled',
        filledAmount: await this.#venue.cancel(exchange, { orderId, symbol }),
      };
    } catch (error) {
      const { kind, sentence } = this.#connection.meaning(error);
      return kind === 'not-found' ? { kind: 'gone' } : { kind: 'unknown', sentence };
    }
  }

  async find(
    orderId: string,
    symbol: string,
  ): Promise<Result<ExchangeOrder | null, ExchangeFailure>> {
    const answer = await this.#connection.read(() => this.#found(orderId, symbol));
    if (answer.ok && answer.value !== null) this.#watch.seen(orderId, answer.value);
    return answer;
  }

  openOrders(
    symbols: readonly string[],
  ): Promise<Result<readonly ExchangeOrder[], ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.ready();
      const { exchange } = this.#connection;
      const lists = await this.#ofEach(symbols, (symbol) => exchange.fetchOpenOrders(symbol));
      return lists
        .flat()
        .map((shown) => exchangeOrder(this.#venue.clientIdOf(shown), { order: shown, trades: [] }));
    });
  }

  topOfBook(symbol: string): Promise<Result<TopOfBook, ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.ready();
      const book = await this.#connection.exchange.fetchOrderBook(symbol, BOOK_LEVELS);
      const quote = quoteFromBook(symbol, book, this.#now());
      if (quote === null) throw new ExchangeNotAvailable('There is no price to sell or buy at.');
      return quote;
    });
  }

  balances(): Promise<Result<HeldAmounts, ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.ready();
      return this.#venue.balances(this.#connection.exchange);
    });
  }

  trades(
    symbols: readonly string[],
    since: number,
  ): Promise<Result<readonly AccountTrade[], ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.ready();
      const { exchange } = this.#connection;
      const lists = await this.#ofEach(symbols, async (symbol) =>
        accountTrades(symbol, since, await this.#venue.trades(exchange, symbol, since)),
      );
      return lists.flat().toSorted((one, other) => one.time - other.time);
    });
  }

  /** Whether the exchange is up, how fast it answers, and how far its clock is from this computer's. Asks once. */
  health(): Promise<Result<GatewayHealth, ExchangeFailure>> {
    return this.#connection.readOnce(async () => {
      const { exchange } = this.#connection;
      // Asked first: during maintenance whatever else is asked fails in ways that say less.
      if (exchange.has['fetchStatus'] === true) {
        const { status } = await exchange.fetchStatus();
        if (status !== 'ok') throw new OnMaintenance(this.name);
      }
      const time = await exchange.fetchTime();
      if (time === undefined) throw new ExchangeNotAvailable('It does not tell the time.');
      const latencyMs = this.#connection.answeredInMs;
      const theirs = time + (this.#venue.clockGrainMs - 1) / 2;
      return { latencyMs, clockSkewMs: theirs - (this.#now() - latencyMs / 2), status: 'ok' };
    });
  }

  /**
   * Fails where the key cannot read balances, cannot trade, or can withdraw as far as the exchange tells; the sentence
   * says what to change there.
   */
  async validateKey(): Promise<Result<ValidKey, ExchangeFailure>> {
    const rights = await this.#connection.read(async () => {
      await this.#connection.ready();
      await this.#connection.exchange.fetchBalance();
      return this.#venue.keyRights(this.#connection.exchange);
    });
    return rights.ok ? fitKey(rights.value, this.name, this.#venue.keyAdvice) : rights;
  }

  /** A pair with the exchange's steps, and a minimum that a stop clears too when it sells at its worst. */
  instrument(symbol: string): Promise<Result<Instrument, ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.fresh();
      const instrument = instrumentFromMarket(this.#connection.exchange.market(symbol));
      const { minCost } = instrument;
      return { ...instrument, minCost: minCost === null ? null : minCost / (1 - STOP_SLACK) };
    });
  }

  /** Whether orders can be placed in a pair: read from the exchange's own rules, hourly and after each refusal for a halt. */
  tradingStatus(symbol: string): Promise<Result<TradingStatus, ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.fresh();
      return this.#connection.statusOf(symbol);
    });
  }

  /** What trading this pair costs this account; where it cannot be asked, `highestFees` are the cautious ones. */
  fees(symbol: string): Promise<Result<TradingFees, ExchangeFailure>> {
    return this.#connection.read(async () => {
      await this.#connection.ready();
      return this.#venue.fees(this.#connection.exchange, symbol);
    });
  }

  listen(listener: (event: OrderEvent) => void): () => void {
    this.#stream?.start();
    return this.#watch.listen(listener);
  }

  /** What the account's stream rings for. The answer ends it. */
  onBell(listener: (bell: Bell) => void): () => void {
    this.#bellListeners.add(listener);
    return () => this.#bellListeners.delete(listener);
  }

  /** Whether the account's stream is subscribed to, and how often it was lost or could not be had. */
  get streamState(): { readonly isUp: boolean; readonly cuts: number } {
    return { isUp: this.#stream?.isUp ?? false, cuts: this.#stream?.cuts ?? 0 };
  }

  /** Resolves when the look at our open orders that is under way is over. */
  watched(): Promise<void> {
    return this.#watch.looked();
  }

  /** Ends every request and the watching of orders; they stay where they are. */
  close(): void {
    this.#stream?.close();
    this.#bellListeners.clear();
    this.#watch.stop();
    this.#connection.close();
  }

  #streamBy(
    { venue, credentials, clock, random }: GatewayOptions,
    stream: StreamOptions,
  ): PrivateStream {
    const parts = {
      venue: venue.privateStream,
      credentials,
      server: stream.server,
      rest: this.#connection.exchange,
      ready: () => this.#connection.ready(),
    };
    return new PrivateStream({
      dial: (ear) => openPrivateConnection(parts, ear),
      clock,
      random: random ?? Math.random,
      rung: (rung) => this.#rung(rung),
      up: (isAgain) => {
        this.#watch.ringAll();
        if (isAgain) this.#ring({ kind: 'reconnected' });
      },
      down: (isRefused) => {
        this.#ring({ kind: 'stream-down', sentence: streamDown(venue, isRefused) });
      },
    });
  }

  #rung(rung: Rung): void {
    if (rung === 'account') return this.#ring({ kind: 'account' });
    const { orderId, isNew } = rung;
    if (orderId !== null && (this.#watch.has(orderId) || this.#sending.hasSent(orderId))) {
      if (isNew) return;
      this.#watch.ring(orderId);
      return this.#ring({ kind: 'order', orderId });
    }
    // It may be one of ours all the same, where the exchange named it by its own id.
    if (orderId === null && !isNew) this.#watch.ringAll();
    this.#ring({ kind: 'account' });
  }

  #tellTrouble(isTrouble: boolean): void {
    const sentence = isTrouble
      ? `${this.name} does not answer what became of the open orders; it is asked again and again.`
      : `${this.name} answers again what became of the open orders.`;
    this.#ring({ kind: isTrouble ? 'orders-unasked' : 'orders-asked', sentence });
  }

  #ring(bell: Bell): void {
    for (const listener of this.#bellListeners) listener(bell);
  }

  /** A pair that is gone has nothing to show; it must not hide what the others have. */
  async #ofEach<T>(
    symbols: readonly string[],
    ask: (symbol: string) => Promise<readonly T[]>,
  ): Promise<readonly (readonly T[])[]> {
    const connection = this.#connection;
    const known = symbols.filter((symbol) => connection.statusOf(symbol) !== 'gone');
    return Promise.all(
      known.map((symbol) =>
        ask(symbol).catch((error: unknown) => {
          if (connection.meaning(error).isNoPair) return [];
          throw error;
        }),
      ),
    );
  }

  async #place(order: ApprovedOrder): Promise<Omit<Accepted, 'kind'>> {
    const { exchange } = this.#connection;
    const steps = stepsOf(exchange.market(order.symbol));
    const request = orderRequest(steps, order);
    const params = this.#venue.orderParams(order.id, this.#connection.theirNow);
    const placed = await placeOrder(exchange, request, params);
    const exchangeId = placed.id ?? '';
    // Somewhere on the way an answer was lost that may have been a yes.
    if (exchangeId === '') throw new BadResponse('The order came back without an id.');
    return { exchangeId, shown: await this.#sending.shown(request, order, placed) };
  }

  /** @throws what ccxt throws, but for an order that does not exist */
  async #found(orderId: string, symbol: string): Promise<ExchangeOrder | null> {
    try {
      await this.#connection.ready();
      const { exchange } = this.#connection;
      return exchangeOrder(orderId, await this.#venue.find(exchange, { orderId, symbol }));
    } catch (error) {
      const { kind } = this.#connection.meaning(error);
      if (kind === 'not-found') return null;
      // Put away by the exchange for its age, which it only does where nothing was traded.
      if (kind === 'ended') {
        return { orderId, exchangeId: null, symbol, state: 'cancelled', fills: [] };
      }
      throw error;
    }
  }
}

function streamDown({ name, keyAdvice }: TradingVenue, isRefused: boolean): string {
  const goesOn = 'Trading goes on: orders are looked at every few seconds.';
  if (!isRefused) return `${name} does not tell of orders by itself at the moment. ${goesOn}`;
  const { toStream } = keyAdvice;
  const refused = `${name} refuses this key the stream of its orders. ${goesOn}`;
  return toStream === null ? refused : `${refused} For news at once: ${toStream}`;
}
