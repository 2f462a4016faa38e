/** What the account owns and has traded, what trading costs it, and what its key may do. */

import { formatUnits } from '../exchange-simulator/decimal.ts';
import type { Fill } from '../exchange-simulator/matching/order.ts';
import { askedPairs, type Call, type Route } from './call.ts';
import { API_KEY, type Permission } from './key.ts';
import { tradeView } from './order-views.ts';
import { assetId } from './pairs.ts';
import { percent } from './public-routes.ts';
import { answered, ERRORS, invalid, refused, type Reply } from './reply.ts';
import { numberOf, tradeTxid } from './tickets.ts';

const route = (
  name: string,
  permissions: readonly Permission[],
  answer: Route['answer'],
): Route => ({ path: `/0/private/${name}`, permissions, answer });

const READS_TRADES: readonly Permission[] = ['query-open-trades', 'query-closed-trades'];

export const ACCOUNT_ROUTES: readonly Route[] = [
  route('Balance', ['query-funds'], balance),
  route('BalanceEx', ['query-funds'], balanceEx),
  route('TradeVolume', ['query-funds'], tradeVolume),
  route('TradesHistory', READS_TRADES, tradesHistory),
  route('QueryTrades', READS_TRADES, queryTrades),
  route('GetApiKeyInfo', [], keyInfo),
  route('GetWebSocketsToken', ['create-ws-token'], ({ tokens }) =>
    answered({ token: tokens.create(), expires: tokens.lifetimeMs / 1_000 }),
  ),
  route('WithdrawMethods', ['withdraw-funds'], () =>
    answered([{ asset: 'XBT', method: 'Bitcoin', network: 'Bitcoin', minimum: '0.0001' }]),
  ),
];

function balance({ sight }: Call): Reply {
  const totals = sight
    .balances()
    .map(({ asset, free, locked }) => [assetId(asset), formatUnits(free + locked)]);
  return answered(Object.fromEntries(totals));
}

function balanceEx({ sight }: Call): Reply {
  const rows = sight
    .balances()
    .map(({ asset, free, locked }) => [
      assetId(asset),
      { balance: formatUnits(free + locked), hold_trade: formatUnits(locked) },
    ]);
  return answered(Object.fromEntries(rows));
}

function tradeVolume(call: Call): Reply {
  const asked = askedPairs(call);
  if (!asked.ok) return asked;
  const row = (rate: bigint): unknown => {
    const fee = percent(rate).toFixed(4);
    return { fee, minfee: fee, maxfee: fee, nextfee: null, tiervolume: '0.0000' };
  };
  const rows = asked.result.map(({ pair }) => {
    const { taker, maker } = call.exchange.fees(pair.rules.name);
    return { id: pair.id, taker: row(taker), maker: row(maker) };
  });
  return answered({
    currency: 'ZUSD',
    volume: '0.0000',
    fees: Object.fromEntries(rows.map(({ id, taker }) => [id, taker])),
    fees_maker: Object.fromEntries(rows.map(({ id, maker }) => [id, maker])),
  });
}

const PAGE = 50;

/** Newest first, a page at a time; `start` is exclusive. */
function tradesHistory(call: Call): Reply {
  const { parameters, exchange, sight } = call;
  const start = Number(parameters.get('start') ?? 0) * 1_000;
  const end = Number(parameters.get('end') ?? Infinity) * 1_000;
  const offset = Number(parameters.get('ofs') ?? 0);
  if (![start, offset].every(Number.isFinite) || Number.isNaN(end)) return invalid('start');
  const within = exchange.store
    .fills()
    .filter((fill) => sight.fill(fill) && fill.time > start && fill.time <= end)
    .toReversed();
  return answered({
    trades: tradeViews(call, within.slice(offset, offset + PAGE)),
    count: within.length,
  });
}

function queryTrades(call: Call): Reply {
  // ccxt asks in batches, of which the last one may be empty.
  const ids = (call.parameters.get('txid') ?? '').split(',');
  const numbers = ids.map(numberOf);
  if (numbers.includes(undefined)) return refused(ERRORS.invalidArguments);
  const fills = call.exchange.store
    .fills()
    .filter((fill) => call.sight.fill(fill) && numbers.includes(fill.tradeId));
  return answered(tradeViews(call, fills));
}

function tradeViews(call: Call, fills: readonly Fill[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fills.flatMap((fill) => {
      const order = call.exchange.store.byId(fill.orderId);
      return order ? [[tradeTxid(fill), tradeView(call, fill, order)]] : [];
    }),
  );
}

/** Any key may ask what it may do. */
function keyInfo({ restrictions, lastNonce }: Call): Reply {
  return answered({
    apiKeyName: 'simulator',
    apiKey: API_KEY,
    nonce: lastNonce,
    nonceWindow: 0,
    permissions: restrictions.permissions,
    iban: 'AA00 SIMU LATO R000',
    validUntil: '0',
    queryFrom: '0',
    queryTo: '0',
    createdTime: '0',
    modifiedTime: '0',
    ipAllowlist: restrictions.ipAllowlist,
    lastUsed: null,
  });
}
