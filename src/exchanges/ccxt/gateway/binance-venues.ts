/** Binance and Binance US as places that orders go to. */

import {
  BadResponse,
  binance,
  binanceus,
  CancelPending,
  type Exchange,
  type Order as CcxtOrder,
  type MarketInterface,
  type Trade,
} from 'ccxt';
import type { TradingFees } from '../../../core/domain/costs.ts';
import type { HeldAmounts } from '../../../core/ports/exchange.ts';
import { ARRIVAL_MS } from '../../../core/reconciliation/arrival.ts';
import { binanceTrades, binanceTradesOf } from './binance-trades.ts';
import { BINANCE_ERRORS } from './errors/binance-errors.ts';
import { isOver } from './filled-at-end.ts';
import { heldIn } from './held-in.ts';
import { feesOf } from './trading-fees.ts';
import { callImplicit, fieldOf, flagOf, numberOf, textOf } from './implicit-call.ts';
import type { KeyAdvice, KeyRights } from './key-rights.ts';
import { PRIVATE_VENUES } from './private-stream/private-venues.ts';
import type { FoundOrder, TradingVenue } from './venue-row.ts';

const RECEIVE_WINDOW_MS = 5_000;

/** In the place of a pair's number, for an order that is alone. */
const NO_LIST = -1;

// Spot alone, and the exchange's clock instead of this computer's.
const OPTIONS = {
  fetchMarkets: { types: ['spot'] },
  fetchMargins: false,
  // A private call that loading the markets would wait for; no rule of a pair depends on it.
  fetchCurrencies: false,
  adjustForTimeDifference: true,
  recvWindow: RECEIVE_WINDOW_MS,
  warnOnFetchOpenOrdersWithoutSymbol: false,
};

const COMMON = {
  errors: BINANCE_ERRORS,
  restingExits: 'pair',
  // Nothing arrives after its receive window; on a bad day what has arrived is not found for tens of seconds.
  arrivalMs: ARRIVAL_MS,
  watchMs: 2_000,
  isSerial: false,
  clockGrainMs: 1,
  orderIds: /^[\w.:/-]{1,36}$/,
  orderParams: (orderId) => ({ newClientOrderId: orderId }),
  clientIdOf: ({ clientOrderId }) => clientOrderId ?? null,
  async cancel(exchange, { orderId, symbol }) {
    const shown = await exchange.cancelOrder('', symbol, { origClientOrderId: orderId });
    if (shown.status === 'canceled') return shown.filled ?? null;
    // An answer about a list of orders, or of nothing at all, proves nothing about this one.
    const { order, trades } = await find(exchange, { orderId, symbol });
    if (!isOver(order)) throw new CancelPending('The order is still open.');
    return trades.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  },
  find,
  shownBy,
  findPlaced: find,
  trades: binanceTrades,
  balances,
} as const satisfies Partial<TradingVenue>;

export const BINANCE_US: TradingVenue = {
  ...COMMON,
  name: 'Binance US',
  privateStream: PRIVATE_VENUES.binanceus,
  open: (settings) => new binanceus({ ...settings, options: OPTIONS }),
  keyRights: binanceUsRights,
  keyAdvice: adviceFor('binance.us'),
  fees: (exchange, symbol) => tabledFees(exchange, 'sapiGetAssetQueryTradingFee', symbol),
  // Of two public readings of 2026 the higher.
  highestFees: { maker: 0, taker: 0.000_19 },
  sendPair: (exchange, pair) =>
    sendList(exchange, 'privatePostOrderOco', {
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
};

export const BINANCE: TradingVenue = {
  ...COMMON,
  name: 'Binance',
  privateStream: PRIVATE_VENUES.binance,
  open: (settings) => new binance({ ...settings, options: OPTIONS }),
  keyRights: binanceRights,
  keyAdvice: adviceFor('binance.com'),
  fees: binanceFees,
  highestFees: { maker: 0.001, taker: 0.001 },
  sendPair: (exchange, pair) =>
    sendList(exchange, 'privatePostOrderListOco', {
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
};

/** @throws BadResponse for an answer that names no list: both may have been placed, or neither */
async function sendList(
  exchange: Exchange,
  call: string,
  request: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await callImplicit(exchange, call, request);
  if (fieldOf(answer, 'orderListId') === undefined) {
    throw new BadResponse('The pair came back without an id.');
  }
}

/** What its own list of fees says of a pair. */
async function tabledFees(exchange: Exchange, call: string, symbol: string): Promise<TradingFees> {
  const id = idOf(exchange, symbol);
  const answer = await callImplicit(exchange, call, { symbol: id });
  const rows = Array.isArray(answer) ? answer : [answer];
  const row: unknown = rows.find((each) => textOf(each, 'symbol') === id);
  return feesOf(numberOf(row, 'makerCommission'), numberOf(row, 'takerCommission'));
}

/**
 * GET account/commission: with the special and tax commissions that the list of fees leaves out. A discount for paying in
 * BNB is left out here: it ends with the BNB.
 */
async function binanceFees(exchange: Exchange, symbol: string): Promise<TradingFees> {
  const answer = await callImplicit(exchange, 'privateGetAccountCommission', {
    symbol: idOf(exchange, symbol),
  });
  const parts = ['standardCommission', 'specialCommission', 'taxCommission']
    .map((name) => fieldOf(answer, name))
    .filter((part) => part !== undefined);
  const sum = (of: (part: unknown) => number): number =>
    parts.reduce<number>((total, part) => total + of(part), 0);
  if (parts.length === 0) throw new BadResponse('The answer does not say what trading costs.');
  const onTop = (part: unknown): number =>
    Math.max(numberOf(part, 'buyer'), numberOf(part, 'seller'));
  return feesOf(
    sum((part) => numberOf(part, 'maker') + onTop(part)),
    sum((part) => numberOf(part, 'taker') + onTop(part)),
  );
}

function idOf(exchange: Exchange, symbol: string): string {
  return String(exchange.market(symbol).id);
}

async function find(
  exchange: Exchange,
  { orderId, symbol }: { readonly orderId: string; readonly symbol: string },
): Promise<FoundOrder> {
  const order = await exchange.fetchOrder('', symbol, { origClientOrderId: orderId });
  const isTraded = (order.filled ?? 0) > 0;
  const trades = isTraded ? await binanceTradesOf(exchange, symbol, String(order.id)) : [];
  return { order: isEndedByItsPair(order) ? { ...order, status: 'canceled' } : order, trades };
}

/** Its full answer lists what has traded at once, each with its commission and the coin that it was taken in. */
function shownBy(order: CcxtOrder): FoundOrder | null {
  const fills = fieldOf(order.info, 'fills');
  if (!Array.isArray(fills)) return null;
  const trades = fills.map((fill: unknown): Trade => {
    const [amount, price] = [numberOf(fill, 'qty'), numberOf(fill, 'price')];
    return {
      id: textOf(fill, 'tradeId') || String(numberOf(fill, 'tradeId')),
      order: order.id,
      symbol: order.symbol,
      side: order.side,
      amount,
      price,
      cost: amount * price,
      timestamp: order.lastUpdateTimestamp ?? order.timestamp,
      takerOrMaker: 'taker',
      fee: { currency: textOf(fill, 'commissionAsset'), cost: numberOf(fill, 'commission') },
      info: fill,
      type: undefined,
      datetime: undefined,
    };
  });
  return { order, trades };
}

/** What Earn has taken in is listed as a coin of its own: `LDBTC` for BTC. `LDO` is a coin like any other. */
const IN_EARN = 'LD';

/** Without what Earn holds: no order can take it, and it comes back as a deposit. */
async function balances(exchange: Exchange): Promise<HeldAmounts> {
  const held = heldIn(await exchange.fetchBalance(), 'balances');
  const names = Object.keys(held).filter((name) => name.startsWith(IN_EARN));
  if (names.length === 0) return held;
  const markets: readonly (MarketInterface | undefined)[] = Object.values(exchange.markets ?? {});
  const traded = new Set(markets.flatMap((market) => [market?.base, market?.quote]));
  const inEarn = new Set(names.filter((name) => !traded.has(name) && name.length > IN_EARN.length));
  return Object.fromEntries(Object.entries(held).filter(([name]) => !inEarn.has(name)));
}

/** What one order of a pair does to the other when it trades, Binance calls expiring. */
function isEndedByItsPair({ status, info }: CcxtOrder): boolean {
  return status === 'expired' && Number(fieldOf(info, 'orderListId') ?? NO_LIST) !== NO_LIST;
}

/** GET sapi/v1/account/apiRestrictions: the rights of the key itself. */
async function binanceRights(exchange: Exchange): Promise<KeyRights> {
  const told = await callImplicit(exchange, 'sapiGetAccountApiRestrictions', {});
  return {
    canTrade: flagOf(told, 'enableSpotAndMarginTrading'),
    canWithdraw: flagOf(told, 'enableWithdrawals'),
  };
}

/**
 * Binance US documents no call for the rights of a key. It is asked as Binance is, in case it answers; what it does not
 * know it answers with 404. `canTrade` and `canWithdraw` of its account are the account's, whatever the key may do, so
 * that all that is known then is whether the account may trade.
 */
async function binanceUsRights(exchange: Exchange): Promise<KeyRights> {
  try {
    return await binanceRights(exchange);
  } catch (error) {
    if (!(error instanceof Error && / 404 /.test(error.message))) throw error;
    const account = await callImplicit(exchange, 'privateGetAccount', {});
    return { canTrade: flagOf(account, 'canTrade'), canWithdraw: null };
  }
}

function adviceFor(site: string): KeyAdvice {
  const page = `Open API Management at ${site}, edit the key's restrictions`;
  return {
    toTrade: `${page} and tick "Enable Spot & Margin Trading".`,
    notToWithdraw: `${page} and untick "Enable Withdrawals".`,
    toStream: null,
  };
}
