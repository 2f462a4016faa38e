/** The public half of the REST interface: the exchange's rules, its time and its prices. */

import { z } from 'zod';
import { bookOf, levelView } from '../book.ts';
import { formatUnits, times, type Units } from '../decimal.ts';
import { intervalMs, type Bar } from '../market/bars.ts';
import type { Market, MarketTrade } from '../market/market.ts';
import type { MarketStatus } from '../matching/status.ts';
import { accepted, REFUSALS, refused, type Outcome } from '../refusal.ts';
import { ORDER_TYPES, type SymbolRules } from '../symbols.ts';
import { dayView } from './day-view.ts';
import { filtersOf } from './filters.ts';
import { read, rows, symbol, whole } from './parameters.ts';
import type { Route, RouteRequest } from './route.ts';
import { ORDERS_PER_10_SECONDS, WEIGHT_PER_MINUTE } from './usage.ts';

const publicRoute = (
  path: string,
  weight: number,
  answer: (request: RouteRequest) => Outcome<unknown>,
): Route => ({ method: 'GET', path, security: 'none', weight, answer });

export const MARKET_ROUTES: readonly Route[] = [
  publicRoute('/api/v3/ping', 1, () => accepted({})),
  publicRoute('/api/v3/time', 1, ({ serverTime }) => accepted({ serverTime })),
  publicRoute('/api/v3/exchangeInfo', 20, exchangeInfo),
  publicRoute('/api/v3/depth', 5, depth),
  publicRoute('/api/v3/trades', 25, (request) => trades(request, tradeView)),
  publicRoute('/api/v3/aggTrades', 4, (request) => trades(request, aggregateView)),
  publicRoute('/api/v3/klines', 2, klines),
  publicRoute('/api/v3/avgPrice', 2, (request) =>
    forMarkets(request, ({ last }) => ({ mins: 5, price: formatUnits(last()) })),
  ),
  publicRoute('/api/v3/ticker/24hr', 2, (request) =>
    forMarkets(request, (market) => dayView(request.exchange, market)),
  ),
  publicRoute('/api/v3/ticker/price', 2, (request) =>
    forMarkets(request, ({ rules, last }) => ({ symbol: rules.name, price: formatUnits(last()) })),
  ),
  publicRoute('/api/v3/ticker/bookTicker', 2, (request) =>
    forMarkets(request, (market) => bookTicker(request, market)),
  ),
  publicRoute('/sapi/v1/system/status', 1, ({ isUnderMaintenance }) =>
    accepted(
      isUnderMaintenance ? { status: 1, msg: 'system_maintenance' } : { status: 0, msg: 'normal' },
    ),
  ),
  // The global exchange's other markets, which ccxt asks for by default: there are none here.
  publicRoute('/fapi/v1/exchangeInfo', 1, () => accepted({ symbols: [] })),
  publicRoute('/dapi/v1/exchangeInfo', 1, () => accepted({ symbols: [] })),
];

function exchangeInfo({ exchange, parameters, serverTime }: RouteRequest): Outcome<unknown> {
  return accepted({
    timezone: 'UTC',
    serverTime,
    rateLimits: [
      {
        rateLimitType: 'REQUEST_WEIGHT',
        interval: 'MINUTE',
        intervalNum: 1,
        limit: WEIGHT_PER_MINUTE,
      },
      {
        rateLimitType: 'ORDERS',
        interval: 'SECOND',
        intervalNum: 10,
        limit: ORDERS_PER_10_SECONDS,
      },
    ],
    exchangeFilters: [],
    symbols: exchange.symbols
      .filter(isAsked(parameters))
      .map((rules) => symbolView(rules, exchange.status(rules.name))),
  });
}

/** `symbol`` names one, `symbols` several. */
function isAsked(parameters: ReadonlyMap<string, string>): (rules: SymbolRules) => boolean {
  const one = parameters.get('symbol');
  const several = z.array(z.string()).safeParse(parseJson(parameters.get('symbols') ?? ''));
  return ({ name }) =>
    (one === undefined || one === name) && (!several.success || several.data.includes(name));
}

const STATUS_WORDS: Readonly<Record<MarketStatus, string>> = {
  trading: 'TRADING',
  halt: 'HALT',
  break: 'BREAK',
  'end-of-day': 'END_OF_DAY',
  'cancel-only': 'CANCEL_ONLY',
  // Binance has no words for these two.
  'post-only': 'HALT',
  'limit-only': 'HALT',
  'no-service': 'BREAK',
  vanished: 'BREAK',
};

function symbolView(rules: SymbolRules, status: MarketStatus): unknown {
  return {
    symbol: rules.name,
    status: STATUS_WORDS[status],
    baseAsset: rules.base,
    baseAssetPrecision: 8,
    quoteAsset: rules.quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ORDER_TYPES,
    icebergAllowed: false,
    ocoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: false,
    cancelReplaceAllowed: false,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: filtersOf(rules),
    permissions: ['SPOT'],
    permissionSets: [['SPOT']],
    defaultSelfTradePreventionMode: 'NONE',
    allowedSelfTradePreventionModes: ['NONE'],
  };
}

/** One market's view, or all of them where the request names none. */
function forMarkets(request: RouteRequest, view: (market: Market) => unknown): Outcome<unknown> {
  const { parameters, exchange } = request;
  const name = parameters.get('symbol');
  if (name !== undefined) {
    const market = exchange.market(name);
    return market ? accepted(view(market)) : refused(REFUSALS.invalidSymbol);
  }
  const wanted = z.array(z.string()).safeParse(parseJson(parameters.get('symbols') ?? '[]'));
  if (!wanted.success) return refused(REFUSALS.invalidSymbol);
  const names = wanted.data.length > 0 ? wanted.data : exchange.symbols.map((rules) => rules.name);
  const markets = names.map(exchange.market);
  const known = markets.filter((market) => market !== undefined);
  return known.length < markets.length
    ? refused(REFUSALS.invalidSymbol)
    : accepted(known.map(view));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bookTicker({ exchange }: RouteRequest, market: Market): unknown {
  const { bids, asks } = bookOf(exchange, market);
  return {
    symbol: market.rules.name,
    bidPrice: formatUnits(bids[0]?.price ?? 0n),
    bidQty: formatUnits(bids[0]?.quantity ?? 0n),
    askPrice: formatUnits(asks[0]?.price ?? 0n),
    askQty: formatUnits(asks[0]?.quantity ?? 0n),
  };
}

const depthParameters = z.object({ symbol, limit: rows(100, 5_000) });

function depth({ parameters, exchange }: RouteRequest): Outcome<unknown> {
  const asked = read(depthParameters, parameters);
  if (!asked.ok) return asked;
  const market = exchange.market(asked.value.symbol);
  if (market === undefined) return refused(REFUSALS.invalidSymbol);
  const { bids, asks } = bookOf(exchange, market);
  const { limit } = asked.value;
  return accepted({
    lastUpdateId: market.updateId(),
    bids: bids.slice(0, limit).map(levelView),
    asks: asks.slice(0, limit).map(levelView),
  });
}

const tradesParameters = z.object({
  symbol,
  limit: rows(500, 1_000),
  startTime: whole.default(0),
  endTime: whole.default(Number.MAX_SAFE_INTEGER),
});

function trades(
  { parameters, exchange }: RouteRequest,
  view: (trade: MarketTrade) => unknown,
): Outcome<unknown> {
  const asked = read(tradesParameters, parameters);
  if (!asked.ok) return asked;
  const { limit, startTime, endTime } = asked.value;
  const market = exchange.market(asked.value.symbol);
  if (market === undefined) return refused(REFUSALS.invalidSymbol);
  const within = market.latestTrades().filter(({ time }) => time >= startTime && time <= endTime);
  return accepted((startTime > 0 ? within.slice(0, limit) : within.slice(-limit)).map(view));
}

function tradeView(trade: MarketTrade): unknown {
  return {
    id: trade.id,
    price: formatUnits(trade.price),
    qty: formatUnits(trade.quantity),
    quoteQty: formatUnits(times(trade.price, trade.quantity)),
    time: trade.time,
    isBuyerMaker: trade.buyerIsMaker,
    isBestMatch: true,
  };
}

function aggregateView(trade: MarketTrade): unknown {
  return {
    a: trade.id,
    p: formatUnits(trade.price),
    q: formatUnits(trade.quantity),
    f: trade.id,
    l: trade.id,
    T: trade.time,
    m: trade.buyerIsMaker,
    M: true,
  };
}

const klineParameters = z.object({
  symbol,
  interval: z.string(),
  startTime: whole.optional(),
  endTime: whole.optional(),
  limit: rows(500, 1_000),
});

function klines({ parameters, exchange }: RouteRequest): Outcome<unknown> {
  const asked = read(klineParameters, parameters);
  if (!asked.ok) return asked;
  const { interval, startTime, endTime, limit } = asked.value;
  const market = exchange.market(asked.value.symbol);
  if (market === undefined) return refused(REFUSALS.invalidSymbol);
  const length = intervalMs(interval);
  if (length === undefined) return refused(REFUSALS.invalidInterval);
  const bars = market.bars({
    length,
    startTime,
    endTime,
    limit,
    now: exchange.now(),
  });
  return accepted(bars.map((bar) => klineView(bar, length)));
}

function klineView(bar: Bar, length: number): readonly unknown[] {
  const quote: Units = times(bar.close, bar.volume);
  return [
    bar.start,
    formatUnits(bar.open),
    formatUnits(bar.high),
    formatUnits(bar.low),
    formatUnits(bar.close),
    formatUnits(bar.volume),
    bar.start + length - 1,
    formatUnits(quote),
    bar.trades,
    formatUnits(bar.volume / 2n),
    formatUnits(quote / 2n),
    '0',
  ];
}
