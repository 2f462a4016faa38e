/** Coinbase, by its Advanced Trade calls, as a place that orders go to. */

import {
  BadResponse,
  CancelPending,
  coinbase,
  OrderNotFound,
  type Exchange,
  type Order as CcxtOrder,
  type Trade,
} from 'ccxt';
import type { HeldAmount, HeldAmounts } from '../../../core/ports/exchange.ts';
import { ARRIVAL_MS } from '../../../core/reconciliation/arrival.ts';
import { heldIn } from './held-in.ts';
import { filledAtEnd, isOver } from './filled-at-end.ts';
import { COINBASE_ERRORS } from './errors/coinbase-errors.ts';
import { allPages, type Page } from './account-trades.ts';
import { feesOf } from './trading-fees.ts';
import { callImplicit, fieldOf, flagOf, listOf, numberOf, textOf } from './implicit-call.ts';
import type { KeyRights } from './key-rights.ts';
import { PRIVATE_VENUES } from './private-stream/private-venues.ts';
import type { OurOrder, TradingVenue } from './venue-row.ts';

/** Of orders, fills and accounts in one answer. */
const PAGE = 250;
/** However far back an order is looked for: a thousand orders of its pair. */
const MOST_PAGES = 4;

const KEY_PAGE = 'Open API keys at portal.cdp.coinbase.com and make a key';

export const COINBASE: TradingVenue = {
  name: 'Coinbase',
  privateStream: PRIVATE_VENUES.coinbase,
  errors: COINBASE_ERRORS,
  open: ({ secret, ...settings }) =>
    new coinbase({
      ...settings,
      // A PEM that was copied out of Coinbase's file has its line ends written out.
      secret: secret.replaceAll('\\n', '\n'),
      // Its currencies are three more requests, and none of its markets' rules depends on them.
      has: { fetchCurrencies: false },
      options: {
        fetchBalance: 'v3PrivateGetBrokerageAccounts',
        fetchTime: 'v3PublicGetBrokerageTime',
      },
    }),
  // It has brackets, but ccxt sends none.
  restingExits: 'stop',
  // A signature is good for two minutes; a connection that was given up ends sooner.
  arrivalMs: ARRIVAL_MS,
  watchMs: 2_000,
  isSerial: false,
  clockGrainMs: 1_000,
  orderIds: /^[\x21-\x7e]{1,128}$/,
  orderParams: (orderId) => ({ client_order_id: orderId }),
  clientIdOf: ({ clientOrderId }) => clientOrderId ?? null,
  cancel,
  find: async (exchange, order) => {
    const shown = await orderOf(exchange, order);
    return { order: shown, trades: await tradesOf(exchange, order.symbol, shown) };
  },
  // It answers with an id and nothing else.
  shownBy: () => null,
  findPlaced: async (exchange, { symbol, exchangeId }) => {
    const order = await exchange.fetchOrder(exchangeId, symbol);
    return { order, trades: await tradesOf(exchange, symbol, order) };
  },
  trades: tradesSince,
  balances,
  sendPair: null,
  keyRights,
  keyAdvice: {
    toTrade: `${KEY_PAGE} with the permissions View and Trade.`,
    notToWithdraw: `${KEY_PAGE} without the permission Transfer.`,
    toStream: null,
  },
  fees: async (exchange) => {
    // One rate for every pair, those of stable coins too.
    const told = await callImplicit(exchange, 'v3PrivateGetBrokerageTransactionSummary', {
      product_type: 'SPOT',
    });
    const tier = fieldOf(told, 'fee_tier');
    return feesOf(numberOf(tier, 'maker_fee_rate'), numberOf(tier, 'taker_fee_rate'));
  },
  // Below 1,000 USD in thirty days; early 2026.
  highestFees: { maker: 0.006, taker: 0.012 },
};

/** Its lists know no client ids. Open first: what closes in between is then found among all. */
async function orderOf(exchange: Exchange, { orderId, symbol }: OurOrder): Promise<CcxtOrder> {
  const isOurs = (each: CcxtOrder): boolean => each.clientOrderId === orderId;
  const product_ids = String(exchange.market(symbol).id);
  const open = await exchange.fetchOpenOrders(symbol, undefined, PAGE, { product_ids });
  const found =
    open.find(isOurs) ??
    (await pageWith(isOurs, (cursor) =>
      exchange.fetchOrders(symbol, undefined, PAGE, { product_ids, ...cursor }),
    ));
  if (found === undefined) throw new OrderNotFound(`Coinbase has no order ${orderId}.`);
  return found;
}

interface Cursor {
  readonly cursor?: string;
}

/** Newest first; ccxt leaves the way on in the first one's own answer. */
async function pageWith(
  isWanted: (order: CcxtOrder) => boolean,
  read: (cursor: Cursor) => Promise<readonly CcxtOrder[]>,
): Promise<CcxtOrder | undefined> {
  let at: Cursor = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const orders = await read(at);
    const found = orders.find(isWanted);
    const cursor = cursorIn(orders);
    if (found !== undefined || cursor === '') return found;
    at = { cursor };
  }
  return undefined;
}

function cursorIn(rows: readonly { readonly info?: unknown }[]): string {
  return rows.map(({ info }) => textOf(info, 'cursor')).find((cursor) => cursor !== '') ?? '';
}

async function tradesOf(
  exchange: Exchange,
  symbol: string,
  order: CcxtOrder,
): Promise<readonly Trade[]> {
  if (!((order.filled ?? 0) > 0)) return [];
  const trades = await fills(exchange, symbol, { order_ids: order.id });
  return trades.filter((trade) => trade.order === order.id);
}

function tradesSince(exchange: Exchange, symbol: string, since: number): Promise<readonly Trade[]> {
  const start_sequence_timestamp = exchange.iso8601(since - 1);
  return fills(exchange, symbol, { start_sequence_timestamp });
}

/** Newest first. Not by ccxt's fetchMyTrades, which makes a trade of the way on where a page is empty. */
function fills(
  exchange: Exchange,
  symbol: string,
  asked: Readonly<Record<string, unknown>>,
): Promise<readonly Trade[]> {
  const market = exchange.market(symbol);
  const all = { product_id: market.id, limit: PAGE, ...asked };
  return allPages({}, async (at: Cursor): Promise<Page<Cursor>> => {
    const call = 'v3PrivateGetBrokerageOrdersHistoricalFills';
    const answer = await callImplicit(exchange, call, { ...all, ...at });
    const rows = fieldOf(answer, 'fills');
    if (!Array.isArray(rows)) throw new BadResponse('The answer has no list of trades.');
    const trades = exchange.parseTrades(rows, market);
    const cursor = textOf(answer, 'cursor');
    const isAll = cursor === '' || cursor === at.cursor;
    return { trades, next: isAll ? null : { cursor } };
  });
}

/** Coinbase cancels by its own ids, and answers before it is done. */
async function cancel(exchange: Exchange, order: OurOrder): Promise<number | null> {
  const shown = await orderOf(exchange, order);
  if (isOver(shown)) throw new OrderNotFound(`Coinbase has ended order ${order.orderId}.`);
  const asked = { order_ids: [shown.id] };
  const answer = await callImplicit(exchange, 'v3PrivatePostBrokerageOrdersBatchCancel', asked);
  const [result] = listOf(answer, 'results');
  if (fieldOf(result, 'success') === true) {
    return filledAtEnd(() => COINBASE.find(exchange, order));
  }
  if (isOver(await orderOf(exchange, order))) throw new OrderNotFound('It has ended meanwhile.');
  throw new CancelPending(textOf(result, 'failure_reason'));
}

/** However many coins there are: Coinbase lists one account for each that was ever held. */
const MOST_ACCOUNT_PAGES = 40;

/** @throws BadResponse where the list does not end: what is held cannot be told by a part of it */
async function balances(exchange: Exchange): Promise<HeldAmounts> {
  const held: Record<string, HeldAmount> = {};
  let cursor: Cursor = {};
  for (let pages = 0; pages < MOST_ACCOUNT_PAGES; pages += 1) {
    const page = await exchange.fetchBalance({ v3: true, ...cursor });
    for (const [currency, { free, locked }] of Object.entries(heldIn(page, 'accounts'))) {
      const before = held[currency] ?? { free: 0, locked: 0 };
      held[currency] = { free: before.free + free, locked: before.locked + locked };
    }
    const next = flagOf(page.info, 'has_next') ? textOf(page.info, 'cursor') : '';
    if (next === '') return held;
    if (next === cursor.cursor) throw new BadResponse('The list of accounts does not go on.');
    cursor = { cursor: next };
  }
  throw new BadResponse('The list of accounts does not end.');
}

/** GET key_permissions: the key's own. */
async function keyRights(exchange: Exchange): Promise<KeyRights> {
  const told = await callImplicit(exchange, 'v3PrivateGetBrokerageKeyPermissions', {});
  return {
    canTrade: flagOf(told, 'can_view') && flagOf(told, 'can_trade'),
    canWithdraw: flagOf(told, 'can_transfer'),
  };
}
