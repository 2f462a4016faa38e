/** Kraken as a place that orders go to. */

import {
  CancelPending,
  ExchangeNotAvailable,
  kraken,
  OrderNotFound,
  type Exchange,
  type Order as CcxtOrder,
  type Trade,
} from 'ccxt';
import type { TradingFees } from '../../../core/domain/costs.ts';
import { ARRIVAL_MS } from '../../../core/reconciliation/arrival.ts';
import { filledAtEnd } from './filled-at-end.ts';
import { KRAKEN_ERRORS } from './errors/kraken-errors.ts';
import { allPages, type Page } from './account-trades.ts';
import { feesOf } from './trading-fees.ts';
import { callImplicit, entriesOf, fieldOf, listOf, numberOf, textOf } from './implicit-call.ts';
import type { KeyRights } from './key-rights.ts';
import { krakenBalances } from './kraken-balances.ts';
import { PRIVATE_VENUES } from './private-stream/private-venues.ts';
import type { FoundOrder, OurOrder, TradingVenue } from './venue-row.ts';

/** One less than Kraken takes in one question: with as many ccxt asks a second one, for nothing. */
const TRADES_PER_CALL = 19;

/** What reading and trading needs, as GetApiKeyInfo calls it. */
const NEEDED = [
  'query-funds',
  'query-open-trades',
  'query-closed-trades',
  'modify-trades',
  'close-trades',
];

/** A lockout takes up to a quarter of an hour, and does not say how long: it is tried again now and then. */
const LOCKOUT_MS = 60_000;

/**
 * An order that Kraken's matching engine has not taken by then it drops: well before one counts as lost, and half of what
 * Kraken allows, so that two clocks may differ by as much either way.
 */
const DEADLINE_MS = 30_000;

const PERCENT = 100;

const SECOND_MS = 1_000;

const KEY_PAGE = 'Open Settings, then API, at kraken.com, edit the key';

export const KRAKEN: TradingVenue = {
  name: 'Kraken',
  privateStream: PRIVATE_VENUES.kraken,
  errors: KRAKEN_ERRORS,
  open: (settings) => unqueued(countingNonces(new kraken({ ...settings }))),
  // It closes an order with another at most, and never knows a stop and a target as one.
  restingExits: 'stop',
  // After a 502 what it took is not found for most of a minute.
  arrivalMs: ARRIVAL_MS,
  pauseAskedFor: (body) => (body.includes('EGeneral:Temporary lockout') ? LOCKOUT_MS : 0),
  // Three calls for each look at an order, of which Kraken allows a starter one in three seconds.
  watchMs: 10_000,
  isSerial: true,
  clockGrainMs: 1_000,
  // Free text; longer ids would have to be UUIDs.
  orderIds: /^[\x21-\x7e]{1,18}$/,
  // Without the flag a sale pays its fee in coins.
  orderParams: (orderId, theirNow) => ({
    clientOrderId: orderId,
    oflags: 'fciq',
    deadline: new Date(theirNow + DEADLINE_MS).toISOString(),
  }),
  clientIdOf: ({ info }) => textOf(info, 'cl_ord_id') || null,
  async cancel(exchange, order) {
    // Not by ccxt's cancelOrder, which takes an earlier answer's words for this one's.
    const asked = { cl_ord_id: order.orderId };
    const answer = await callImplicit(exchange, 'privatePostCancelOrder', asked);
    const result = fieldOf(answer, 'result');
    const isDone =
      Number(fieldOf(result, 'count') ?? 0) >= 1 && fieldOf(result, 'pending') !== true;
    if (!isDone) throw new CancelPending('It has cancelled nothing yet.');
    return filledAtEnd(() => find(exchange, order));
  },
  find,
  // It answers with an id and nothing else.
  shownBy: () => null,
  findPlaced: async (exchange, { symbol, exchangeId }) =>
    withTrades(exchange, symbol, await exchange.fetchOrder(exchangeId, symbol)),
  trades: tradesSince,
  balances: krakenBalances,
  sendPair: null,
  keyRights,
  keyAdvice: {
    toTrade: `${KEY_PAGE} and tick "Query Funds", "Query open orders & trades", "Query closed orders & trades", "Create & modify orders" and "Cancel & close orders"; with "WebSocket interface" too, fills are heard of at once.`,
    notToWithdraw: `${KEY_PAGE} and untick "Withdraw Funds".`,
    toStream: `${KEY_PAGE} and tick "WebSocket interface".`,
  },
  fees,
  // Below 2,500 USD in thirty days, since July 2026.
  highestFees: { maker: 0.004, taker: 0.008 },
};

/** Kraken wants each request's nonce above the last one's; ccxt gives two in the same millisecond the same. */
function countingNonces(exchange: Exchange): Exchange {
  let last = 0;
  exchange.nonce = () => {
    last = Math.max(last + 1, exchange.milliseconds());
    return last;
  };
  return exchange;
}

/** What has just been placed is asked for at once, by these. */
const AT_ONCE = new Set(['QueryOrders', 'QueryTrades']);

/** Orders and cancellations, which Kraken does not count, go past the questions that wait their turn. */
function unqueued(exchange: Exchange): Exchange {
  const costOf = exchange.calculateRateLimiterCost.bind(exchange);
  exchange.calculateRateLimiterCost = (api, method, path, ...rest): unknown =>
    AT_ONCE.has(String(path)) ? 0 : costOf(api, method, path, ...rest);
  const wait = exchange.throttle.bind(exchange);
  exchange.throttle = async (cost) => {
    if (cost !== 0) await wait(cost);
  };
  return exchange;
}

/** Open first: what closes in between is then found among the closed. QueryOrders does not know client ids. */
async function find(exchange: Exchange, { orderId, symbol }: OurOrder): Promise<FoundOrder> {
  const asked = { clientOrderId: orderId, trades: 'true' };
  const lists = [
    () => exchange.fetchOpenOrders(symbol, undefined, undefined, { ...asked }),
    () => exchange.fetchClosedOrders(symbol, undefined, undefined, { ...asked }),
  ];
  for (const list of lists) {
    const order = (await list()).find((each) => KRAKEN.clientIdOf(each) === orderId);
    if (order === undefined) continue;
    return withTrades(exchange, symbol, order);
  }
  throw new OrderNotFound(`Kraken has no order ${orderId}.`);
}

async function withTrades(
  exchange: Exchange,
  symbol: string,
  order: CcxtOrder,
): Promise<FoundOrder> {
  const trades = await tradesOf(exchange, symbol, listOf(order.info, 'trades'));
  // The volume of an order by cost is in quote, and says nothing of how many coins it traded.
  const isByCost = textOf(order.info, 'oflags').includes('viqc');
  return { order: isByCost ? { ...order, filled: 0 } : order, trades };
}

async function tradesOf(
  exchange: Exchange,
  symbol: string,
  ids: readonly unknown[],
): Promise<readonly Trade[]> {
  const trades: Trade[] = [];
  for (let from = 0; from < ids.length; from += TRADES_PER_CALL) {
    const page = { trades: ids.slice(from, from + TRADES_PER_CALL) };
    trades.push(...(await exchange.fetchOrderTrades('', symbol, undefined, undefined, page)));
  }
  if (trades.length < ids.length) throw new ExchangeNotAvailable('Not all trades are shown yet.');
  return trades;
}

/** Of all pairs at once, newest first: what trades meanwhile pushes the others on, so that none is passed over. */
function tradesSince(exchange: Exchange, symbol: string, since: number): Promise<readonly Trade[]> {
  const market = exchange.market(symbol);
  // In whole seconds, and what is of that very second is left out.
  const start = Math.floor(since / SECOND_MS) - 1;
  return allPages(0, async (ofs): Promise<Page<number>> => {
    const answer = await callImplicit(exchange, 'privatePostTradesHistory', { start, ofs });
    const result = fieldOf(answer, 'result');
    const rows = entriesOf(result, 'trades');
    const trades = exchange.parseTrades(
      rows.map(([id, row]): object => Object.assign({}, row, { id })),
      market,
    );
    const seen = ofs + rows.length;
    const isAll = rows.length === 0 || seen >= numberOf(result, 'count');
    return { trades, next: isAll ? null : seen };
  });
}

/** POST TradeVolume: percent, pair by pair. ccxt reads a pair that is not in the answer as free. */
async function fees(exchange: Exchange, symbol: string): Promise<TradingFees> {
  const pair = String(exchange.market(symbol).id);
  const told = await callImplicit(exchange, 'privatePostTradeVolume', { pair });
  const result = fieldOf(told, 'result');
  const percent = (schedule: string): number =>
    numberOf(fieldOf(fieldOf(result, schedule), pair), 'fee') / PERCENT;
  return feesOf(percent('fees_maker'), percent('fees'));
}

/** POST GetApiKeyInfo: any key may ask what it may do. */
async function keyRights(exchange: Exchange): Promise<KeyRights> {
  const told = await callImplicit(exchange, 'privatePostGetApiKeyInfo', {});
  const permissions = listOf(fieldOf(told, 'result'), 'permissions');
  return {
    canTrade: NEEDED.every((permission) => permissions.includes(permission)),
    canWithdraw: permissions.includes('withdraw-funds'),
  };
}
