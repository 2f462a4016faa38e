/** Orders to a real exchange through ccxt: sent once, with our own ids, and looked up by them. */

import {
  ExchangeNotAvailable,
  InvalidNonce,
  OnMaintenance,
  type Exchange,
  type Order as CcxtOrder,
} from 'ccxt';
import type { Instrument } from '../../../core/domain/instrument.ts';
import { fail, ok, type Result } from '../../../core/domain/result.ts';
import type { OrderEvent } from '../../../core/orders/order-record.ts';
import type {
  CancelAnswer,
  ExchangeFailure,
  ExchangeOrder,
  ExchangePort,
  SubmitAnswer,
} from '../../../core/ports/exchange.ts';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import type { FeedClock } from '../feed-clock.ts';
import { instrumentFromMarket } from '../market-rules.ts';
import type { Fetch } from '../public-fetch.ts';
import { exchangeOrder } from './exchange-order.ts';
import { refuseUnfit, type KeyRights } from './key-rights.ts';
import { orderError, type OrderError } from './order-errors.ts';
import { OrderWatch } from './order-watch.ts';
import type { Credentials, PairRequest, TradingVenue } from './trading-venue.ts';

export interface GatewayHealth {
  /** From question to answer, ms. */
  readonly latencyMs: number;
  /** The exchange's clock less this computer's, ms. */
  readonly clockSkewMs: number;
}

export interface GatewayOptions {
  readonly venue: TradingVenue;
  readonly credentials: Credentials;
  readonly clock: FeedClock;
  /** How requests leave: bounded in time, body included. */
  readonly fetch: Fetch;
  /** ms until an unanswered request is given up. */
  readonly timeoutMs?: number;
  /** ms from one look at our open orders to the next. */
  readonly watchMs?: number;
  /** ms between two requests, in place of the exchange's own limit: for a server that is not the exchange. */
  readonly requestGapMs?: number;
}

const TIMEOUT_MS = 5_000;
const WATCH_MS = 2_000;

/** A stop sells at its trigger or up to this fraction below it: spot exchanges keep stops as limit orders. */
const STOP_SLACK = 0.01;

export class CcxtGateway implements ExchangePort {
  readonly name: string;
  readonly restingExits: ExchangePort['restingExits'];
  readonly arrivalMs: number;
  readonly #venue: TradingVenue;
  readonly #exchange: Exchange;
  readonly #watch: OrderWatch;
  readonly #now: () => number;
  /** The exchange has refused the time of a request: its clock is to be read again before the next. */
  #isClockOff = false;

  constructor(options: GatewayOptions) {
    const { venue, credentials, clock, fetch, requestGapMs } = options;
    this.#venue = venue;
    this.#now = () => clock.now();
    this.name = venue.name;
    this.restingExits = venue.restingExits;
    this.arrivalMs = venue.arrivalMs;
    this.#exchange = venue.open({
      ...credentials,
      timeout: options.timeoutMs ?? TIMEOUT_MS,
      enableRateLimit: true,
      ...(requestGapMs === undefined ? {} : { rateLimit: requestGapMs }),
      fetchImplementation: fetch,
    });
    this.#watch = new OrderWatch({
      clock,
      everyMs: options.watchMs ?? WATCH_MS,
      find: (orderId, symbol) => this.#found(orderId, symbol),
    });
  }

  async submit(order: ApprovedOrder): Promise<SubmitAnswer> {
    return this.#sent([order], async () => {
      const placed = await this.#create(order);
      return placed.id ?? null;
    });
  }

  async submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<SubmitAnswer> {
    const { sendPair } = this.#venue;
    if (sendPair === null) throw new Error(`${this.name} has no pairs of orders.`);
    return this.#sent([stop, target], async () => {
      await sendPair(this.#exchange, this.#pairOf(stop, target));
      return null;
    });
  }

  async cancel(orderId: string, symbol: string): Promise<CancelAnswer> {
    try {
      await this.#ready();
      const shown = await this.#exchange.cancelOrder('', symbol, { origClientOrderId: orderId });
      return { kind: 'cancelled', filledAmount: shown.filled ?? null };
    } catch (error) {
      const { kind, sentence } = this.#meaning(error);
      return kind === 'not-found' ? { kind: 'gone' } : { kind: 'unknown', sentence };
    }
  }

  find(orderId: string, symbol: string): Promise<Result<ExchangeOrder | null, ExchangeFailure>> {
    return this.#read(async () => {
      const found = await this.#found(orderId, symbol);
      if (found?.state === 'open') this.#watch.add(orderId, symbol);
      return found;
    });
  }

  openOrders(
    symbols: readonly string[],
  ): Promise<Result<readonly ExchangeOrder[], ExchangeFailure>> {
    return this.#read(async () => {
      const lists = await Promise.all(
        symbols.map((symbol) => this.#exchange.fetchOpenOrders(symbol)),
      );
      return lists.flat().map((shown) => exchangeOrder(shown.clientOrderId ?? null, shown, []));
    });
  }

  balances(): Promise<Result<Readonly<Record<string, number>>, ExchangeFailure>> {
    return this.#read(async () => {
      const { total } = await this.#exchange.fetchBalance();
      const held: Record<string, number> = {};
      for (const [currency, amount] of Object.entries(total ?? {})) held[currency] = Number(amount);
      return held;
    });
  }

  /** Whether the exchange is up, how fast it answers, and how far its clock is from this computer's. */
  health(): Promise<Result<GatewayHealth, ExchangeFailure>> {
    return this.#read(async () => {
      const exchange = this.#exchange;
      const { status } = await exchange.fetchStatus();
      if (status === 'maintenance') throw new OnMaintenance(this.name);
      const asked = this.#now();
      const time = await exchange.fetchTime();
      const answered = this.#now();
      if (time === undefined) throw new ExchangeNotAvailable('It does not tell the time.');
      return { latencyMs: answered - asked, clockSkewMs: time - (asked + answered) / 2 };
    });
  }

  /** Whether the key reads and trades, and nothing more. @returns the rights that were told */
  validateKey(): Promise<Result<KeyRights, ExchangeFailure>> {
    return this.#read(async () => {
      await this.#exchange.fetchBalance();
      const rights = await this.#venue.keyRights(this.#exchange);
      refuseUnfit(rights);
      return rights;
    });
  }

  /** A pair with the exchange's steps, and a minimum that a stop clears too when it sells at its worst. */
  instrument(symbol: string): Promise<Result<Instrument, ExchangeFailure>> {
    return this.#read(async () => {
      const instrument = instrumentFromMarket(this.#exchange.market(symbol));
      const { minCost } = instrument;
      return { ...instrument, minCost: minCost === null ? null : minCost / (1 - STOP_SLACK) };
    });
  }

  listen(listener: (event: OrderEvent) => void): () => void {
    return this.#watch.listen(listener);
  }

  /** Resolves when the look at our open orders that is under way is over. */
  watched(): Promise<void> {
    return this.#watch.looked();
  }

  /** Ends the watching of orders; they stay where they are. */
  close(): void {
    this.#watch.stop();
  }

  /** Sends once. What fails half-way is unknown; what is refused was not done. */
  async #sent(
    orders: readonly ApprovedOrder[],
    send: () => Promise<string | null>,
  ): Promise<SubmitAnswer> {
    try {
      await this.#ready();
      const exchangeId = await send();
      for (const { id, symbol } of orders) this.#watch.add(id, symbol);
      return { kind: 'accepted', exchangeId };
    } catch (error) {
      const { kind, sentence } = this.#meaning(error);
      // An id that exists is an earlier sending of ours: whoever asks by it learns what became of it.
      if (kind === 'unknown' || kind === 'exists') return { kind: 'unknown', sentence };
      return { kind: 'rejected', sentence };
    }
  }

  async #create(order: ApprovedOrder): Promise<CcxtOrder> {
    const { symbol, side, price, size } = order;
    const ids = { newClientOrderId: order.id };
    if (size.unit === 'quote') {
      if (price === null) {
        return this.#exchange.createMarketBuyOrderWithCost(symbol, size.cost, ids);
      }
      return this.#exchange.createOrder(symbol, 'limit', side, size.cost / price, price, ids);
    }
    if (price === null) {
      return this.#exchange.createOrder(symbol, 'market', side, size.amount, undefined, ids);
    }
    if (order.type === 'take-profit') {
      return this.#exchange.createOrder(symbol, 'limit', side, size.amount, price, ids);
    }
    const limit = price * (1 - STOP_SLACK);
    const params = { ...ids, stopLossPrice: price };
    return this.#exchange.createOrder(symbol, 'limit', side, size.amount, limit, params);
  }

  #pairOf(stop: ApprovedOrder, target: ApprovedOrder): PairRequest {
    if (stop.size.unit !== 'base' || stop.price === null || target.price === null) {
      throw new Error('A pair is a stop and a target over one amount.');
    }
    const exchange = this.#exchange;
    const { symbol } = stop;
    const at = (price: number): string => String(exchange.priceToPrecision(symbol, price));
    return {
      marketId: String(exchange.market(symbol).id),
      amount: String(exchange.amountToPrecision(symbol, stop.size.amount)),
      stopId: stop.id,
      stopPrice: at(stop.price),
      stopLimit: at(stop.price * (1 - STOP_SLACK)),
      targetId: target.id,
      targetPrice: at(target.price),
    };
  }

  /** @throws what ccxt throws, but for an order that does not exist */
  async #found(orderId: string, symbol: string): Promise<ExchangeOrder | null> {
    try {
      await this.#ready();
      const shown = await this.#exchange.fetchOrder('', symbol, { origClientOrderId: orderId });
      const hasTraded = (shown.filled ?? 0) > 0;
      const trades = hasTraded
        ? await this.#exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: shown.id })
        : [];
      return exchangeOrder(orderId, shown, trades);
    } catch (error) {
      if (this.#meaning(error).kind === 'not-found') return null;
      throw error;
    }
  }

  async #read<T>(ask: () => Promise<T>): Promise<Result<T, ExchangeFailure>> {
    try {
      await this.#ready();
      return ok(await ask());
    } catch (error) {
      const { kind, sentence } = this.#meaning(error);
      return fail(kind === 'refused' ? 'EXCHANGE_REFUSED' : 'EXCHANGE_UNAVAILABLE', sentence);
    }
  }

  /** What ccxt does once for each object and never again: a first failure of it would be every call's. */
  async #ready(): Promise<void> {
    const exchange = this.#exchange;
    if (exchange.markets === undefined) await exchange.loadMarkets(true);
    if (!this.#isClockOff) return;
    await exchange.loadTimeDifference();
    this.#isClockOff = false;
  }

  #meaning(error: unknown): OrderError {
    if (error instanceof InvalidNonce) this.#isClockOff = true;
    return orderError(error, this.name);
  }
}
