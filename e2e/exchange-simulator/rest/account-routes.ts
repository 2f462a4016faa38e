/** What the account owns and has traded, and what its key may do. */

import { z } from 'zod';
import { formatUnits } from '../decimal.ts';
import type { Fees } from '../matching/fees.ts';
import { accepted, REFUSALS, refused, type Outcome } from '../refusal.ts';
import { tradeView } from './order-views.ts';
import { DAY_MS, read, rows, spanRefusal, symbol, whole } from './parameters.ts';
import type { Route, RouteRequest } from './route.ts';

const signed = (
  path: string,
  weight: number,
  answer: (request: RouteRequest) => Outcome<unknown>,
): Route => ({ method: 'GET', path, security: 'signed', weight, answer });

const streamKey = (
  method: Route['method'],
  answer: (request: RouteRequest) => Outcome<unknown>,
): Route => ({ method, path: '/api/v3/userDataStream', security: 'key', weight: 2, answer });

export const ACCOUNT_ROUTES: readonly Route[] = [
  signed('/api/v3/account', 20, account),
  signed('/api/v3/account/commission', 20, commission),
  signed('/api/v3/myTrades', 20, myTrades),
  signed('/sapi/v1/account/apiRestrictions', 1, ({ restrictions }) =>
    accepted({ ...restrictions, createTime: 0 }),
  ),
  signed('/sapi/v1/asset/tradeFee', 1, tradeFees),
  signed('/sapi/v1/asset/query/trading-fee', 1, tradeFees),
  // ccxt's global class asks for the coins' networks and for margin pairs as soon as it has a key.
  signed('/sapi/v1/capital/config/getall', 10, () => accepted([])),
  signed('/sapi/v1/margin/allPairs', 1, () => accepted([])),
  signed('/sapi/v1/margin/isolated/allPairs', 1, () => accepted([])),
  signed('/sapi/v1/margin/allAssets', 1, () => accepted([])),
  streamKey('POST', ({ listenKeys }) => accepted({ listenKey: listenKeys.create() })),
  streamKey('PUT', ({ parameters, listenKeys }) =>
    listenKeys.keepAlive(parameters.get('listenKey') ?? '')
      ? accepted({})
      : refused(REFUSALS.unknownListenKey),
  ),
  streamKey('DELETE', ({ parameters, listenKeys }) =>
    listenKeys.close(parameters.get('listenKey') ?? '')
      ? accepted({})
      : refused(REFUSALS.unknownListenKey),
  ),
];

/** In parts of ten thousand, as the older fields have it. */
const BASIS_POINT = 10_000n;

function account({ exchange, sight, restrictions }: RouteRequest): Outcome<unknown> {
  const { maker, taker } = exchange.usualFees();
  return accepted({
    makerCommission: Number(maker / BASIS_POINT),
    takerCommission: Number(taker / BASIS_POINT),
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: {
      maker: formatUnits(maker),
      taker: formatUnits(taker),
      buyer: '0.00000000',
      seller: '0.00000000',
    },
    canTrade: restrictions.enableSpotAndMarginTrading,
    canWithdraw: restrictions.enableWithdrawals,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: exchange.store.all().at(-1)?.updatedAt ?? 0,
    accountType: 'SPOT',
    balances: sight.balances().map(({ asset, free, locked }) => ({
      asset,
      free: formatUnits(free),
      locked: formatUnits(locked),
    })),
    permissions: ['SPOT'],
    uid: 1,
  });
}

const myTradesParameters = z.object({
  symbol,
  orderId: whole.optional(),
  startTime: whole.default(0),
  endTime: whole.default(Number.MAX_SAFE_INTEGER),
  fromId: whole.optional(),
  limit: rows(500, 1_000),
});

function myTrades({ parameters, exchange, sight }: RouteRequest): Outcome<unknown> {
  const asked = read(myTradesParameters, parameters);
  if (!asked.ok) return asked;
  const { orderId, startTime, endTime, fromId, limit } = asked.value;
  if (exchange.market(asked.value.symbol) === undefined) return refused(REFUSALS.invalidSymbol);
  const refusal = spanRefusal(parameters);
  if (refusal) return refused(refusal);
  // Of the two readings of its documentation the one that shows less: from a time on it looks no further than a day.
  const isFromTime = startTime > 0 && !parameters.has('endTime');
  const lastTime = isFromTime ? startTime + DAY_MS : endTime;
  const fills = exchange.store
    .fills()
    .filter(
      (fill) =>
        sight.fill(fill) &&
        fill.symbol === asked.value.symbol &&
        fill.time >= startTime &&
        fill.time <= lastTime &&
        fill.tradeId >= (fromId ?? 0) &&
        (orderId === undefined || fill.orderId === orderId),
    );
  const isFromStart = startTime > 0 || fromId !== undefined;
  const page = isFromStart ? fills.slice(0, limit) : fills.slice(-limit);
  return accepted(page.map(tradeView));
}

function tradeFees({ parameters, exchange }: RouteRequest): Outcome<unknown> {
  const only = parameters.get('symbol');
  if (only !== undefined && exchange.market(only) === undefined) {
    return refused(REFUSALS.invalidSymbol);
  }
  return accepted(
    exchange.symbols
      .filter(({ name }) => only === undefined || only === name)
      .map(({ name }) => ({ symbol: name, ...ratesOf(exchange.fees(name)) })),
  );
}

function ratesOf({ maker, taker }: Fees): Readonly<Record<string, string>> {
  return { makerCommission: formatUnits(maker), takerCommission: formatUnits(taker) };
}

const NO_RATES = {
  maker: '0.00000000',
  taker: '0.00000000',
  buyer: '0.00000000',
  seller: '0.00000000',
};

/** All that a trade of this pair costs: here nothing is special, taxed, or cheaper in a third coin. */
function commission({ parameters, exchange }: RouteRequest): Outcome<unknown> {
  const asked = read(z.object({ symbol }), parameters);
  if (!asked.ok) return asked;
  if (exchange.market(asked.value.symbol) === undefined) return refused(REFUSALS.invalidSymbol);
  const { maker, taker, paidIn } = exchange.fees(asked.value.symbol);
  const isThird = typeof paidIn === 'object';
  return accepted({
    symbol: asked.value.symbol,
    standardCommission: { ...NO_RATES, maker: formatUnits(maker), taker: formatUnits(taker) },
    specialCommission: NO_RATES,
    taxCommission: NO_RATES,
    discount: {
      enabledForAccount: isThird,
      enabledForSymbol: isThird,
      discountAsset: isThird ? paidIn.asset : 'BNB',
      discount: '1.00000000',
    },
  });
}
