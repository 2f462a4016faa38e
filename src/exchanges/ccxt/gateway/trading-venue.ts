/** The exchanges that orders can go to; how they differ is a row here, not a branch elsewhere. */

import { binance, binanceus, type Exchange } from 'ccxt';
import type { RestingExits } from '../../../core/bot/desk.ts';
import type { ExchangeSettings } from '../venues.ts';
import { callImplicit } from './implicit-call.ts';
import { binanceRights, binanceUsRights, type ReadKeyRights } from './key-rights.ts';

/** Never leaves the object that ccxt signs with. */
export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
}

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

export interface TradingVenue {
  readonly name: string;
  readonly open: (settings: ExchangeSettings & Credentials) => Exchange;
  readonly restingExits: RestingExits;
  /** How long after sending an order may still take effect, ms: the receive window and a margin. */
  readonly arrivalMs: number;
  readonly keyRights: ReadKeyRights;
  /** `null` where there are no pairs. */
  readonly sendPair: ((exchange: Exchange, pair: PairRequest) => Promise<unknown>) | null;
}

const RECEIVE_WINDOW_MS = 5_000;
const ARRIVAL_MS = 2 * RECEIVE_WINDOW_MS;

// Spot alone, and the exchange's clock instead of this computer's.
const BINANCE_OPTIONS = {
  fetchMarkets: { types: ['spot'] },
  fetchMargins: false,
  adjustForTimeDifference: true,
  recvWindow: RECEIVE_WINDOW_MS,
  warnOnFetchOpenOrdersWithoutSymbol: false,
};

const TRADING_VENUES = {
  binanceus: {
    name: 'Binance US',
    open: (settings) => new binanceus({ ...settings, options: BINANCE_OPTIONS }),
    restingExits: 'pair',
    arrivalMs: ARRIVAL_MS,
    keyRights: binanceUsRights,
    sendPair: (exchange, pair) =>
      callImplicit(exchange, 'privatePostOrderOco', {
        symbol: pair.marketId,
        side: 'SELL',
        quantity: pair.amount,
        price: pair.targetPrice,
        limitClientOrderId: pair.targetId,
        stopPrice: pair.stopPrice,
        stopLimitPrice: pair.stopLimit,
        stopLimitTimeInForce: 'GTC',
        stopClientOrderId: pair.stopId,
      }),
  },
  binance: {
    name: 'Binance',
    open: (settings) => new binance({ ...settings, options: BINANCE_OPTIONS }),
    restingExits: 'pair',
    arrivalMs: ARRIVAL_MS,
    keyRights: binanceRights,
    sendPair: (exchange, pair) =>
      callImplicit(exchange, 'privatePostOrderListOco', {
        symbol: pair.marketId,
        side: 'SELL',
        quantity: pair.amount,
        aboveType: 'LIMIT_MAKER',
        abovePrice: pair.targetPrice,
        aboveClientOrderId: pair.targetId,
        belowType: 'STOP_LOSS_LIMIT',
        belowStopPrice: pair.stopPrice,
        belowPrice: pair.stopLimit,
        belowTimeInForce: 'GTC',
        belowClientOrderId: pair.stopId,
      }),
  },
} as const satisfies Readonly<Record<string, TradingVenue>>;

export type TradingVenueId = keyof typeof TRADING_VENUES;

export function isTradingVenue(id: string): id is TradingVenueId {
  return Object.hasOwn(TRADING_VENUES, id);
}

export function tradingVenue(id: TradingVenueId): TradingVenue {
  return TRADING_VENUES[id];
}
