/** What differs between the exchanges that orders can go to: a row of the table of venues. */

import type { Exchange, Order as CcxtOrder, Trade as CcxtTrade } from 'ccxt';
import type { RestingExits } from '../../../core/bot/desk.ts';
import type { TradingFees } from '../../../core/domain/costs.ts';
import type { HeldAmounts } from '../../../core/ports/exchange.ts';
import type { ExchangeSettings } from '../venues.ts';
import type { Credentials } from './credentials.ts';
import type { PrivateVenue } from './private-stream/private-venues.ts';
import type { ErrorTable } from './errors/error-row.ts';
import type { KeyAdvice, ReadKeyRights } from './key-rights.ts';

/** A stop and a target over the same coins, in the exchange's own steps. */
export interface PairRequest {
  readonly marketId: string;
  readonly amount: string;
  readonly stopId: string;
  readonly stopPrice: string;
  /** What the stop sells at, at worst. */
  readonly stopLimit: string;
  readonly targetId: string;
  readonly targetPrice: string;
}

/** An order as it is known here: by the client's id. */
export interface OurOrder {
  readonly orderId: string;
  readonly symbol: string;
}

export interface PlacedOrder extends OurOrder {
  readonly exchangeId: string;
}

export interface FoundOrder {
  readonly order: CcxtOrder;
  /** All of this order. */
  readonly trades: readonly CcxtTrade[];
}

/** Every function throws what ccxt throws, OrderNotFound where there is no such order. */
export interface TradingVenue {
  readonly name: string;
  readonly errors: ErrorTable;
  readonly open: (settings: ExchangeSettings & Credentials) => Exchange;
  readonly privateStream: PrivateVenue;
  readonly restingExits: RestingExits;
  /** How long after sending an order may still take effect, or not be found although it has, ms: `ARRIVAL_MS` or more. */
  readonly arrivalMs: number;
  /** ms from one look at open orders to the next. */
  readonly watchMs: number;
  /** Whether requests have to arrive in the order they were signed. */
  readonly isSerial: boolean;
  /** How long an answer asks to be left alone, ms, where no header says it. */
  readonly pauseAskedFor?: (body: string) => number;
  /** To what its clock is cut off when it is asked for the time, ms. */
  readonly clockGrainMs: number;
  /** The client ids that it takes. */
  readonly orderIds: RegExp;
  /** What a new order is sent with, beside what ccxt knows by name. @param theirNow ms UTC, by the exchange's clock */
  readonly orderParams: (orderId: string, theirNow: number) => Readonly<Record<string, string>>;
  /** The client's id of an order that is shown; `null` where it was placed without. */
  readonly clientIdOf: (order: CcxtOrder) => string | null;
  /** @returns what it had traded by then, in base; `null` where the exchange does not say */
  readonly cancel: (exchange: Exchange, order: OurOrder) => Promise<number | null>;
  readonly find: (exchange: Exchange, order: OurOrder) => Promise<FoundOrder>;
  /** What the answer to a new order shows of it beside its id; `null` where that has to be asked for. */
  readonly shownBy: (answer: CcxtOrder) => FoundOrder | null;
  /** Finds a new order by the exchange's own id: in one question, where the client's takes several. */
  readonly findPlaced: (exchange: Exchange, order: PlacedOrder) => Promise<FoundOrder>;
  /** All of a pair since then, ms UTC inclusive, whoever placed the orders; in any order, and some perhaps twice. */
  readonly trades: (
    exchange: Exchange,
    symbol: string,
    since: number,
  ) => Promise<readonly CcxtTrade[]>;
  readonly balances: (exchange: Exchange) => Promise<HeldAmounts>;
  /** `null` where there are no pairs. */
  readonly sendPair: ((exchange: Exchange, pair: PairRequest) => Promise<unknown>) | null;
  readonly keyRights: ReadKeyRights;
  readonly keyAdvice: KeyAdvice;
  /** The account's own in this pair. @throws what ccxt throws, BadResponse where they are not told */
  readonly fees: (exchange: Exchange, symbol: string) => Promise<TradingFees>;
  /** What its highest public tier pays, for as long as the account's own cannot be asked. */
  readonly highestFees: TradingFees;
}
