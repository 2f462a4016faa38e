/** Ways in which an exchange takes no order for as long as it lasts, in the exchange's own words. */

import { approvedSell } from '../../../../exchanges/conformance/approved-orders.ts';
import { aCoinbaseGateway } from '../../../../exchanges/ccxt/gateway/testing/coinbase-account.ts';
import { json } from '../../../../exchanges/ccxt/testing/loopback.ts';
import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import type { SubmitAnswer } from '../../../../core/ports/exchange.ts';
import { BTC } from '../../../trading/on-simulator/testing/instruments.ts';
import type { LiveGateway } from '../../live-gateway.ts';
import type { SimulatedVenue } from './profile-at-work.ts';
import type { SoakSetting, SoakStage } from './soak-stage.ts';

export interface Refusal {
  readonly name: string;
  readonly venue: SimulatedVenue;
  /** What stands between the app and its gateway for the whole story. */
  readonly through?: SoakSetting['through'];
  readonly begin: (stage: SoakStage) => void;
  readonly end: (stage: SoakStage) => void;
  /** By then the app has tried again after the end, ms. */
  readonly longestPauseMs: number;
}

interface Words {
  readonly code?: number;
  readonly msg: string;
  readonly venue?: SimulatedVenue;
  readonly longestPauseMs?: number;
}

function refusing({
  code = 0,
  msg,
  venue = 'binanceus',
  longestPauseMs = MINUTE_MS,
}: Words): Refusal {
  return {
    name: venue === 'kraken' ? msg : `${code} ${msg}`,
    venue,
    longestPauseMs,
    begin: ({ exchange }) => exchange.refuse({ code, msg }),
    end: ({ hand }) => hand.clearFaults(),
  };
}

function withStatus(venue: SimulatedVenue, status: 'halt' | 'cancel-only' | 'break'): Refusal {
  return {
    name: `${venue} is in ${status}`,
    venue,
    longestPauseMs: MINUTE_MS,
    begin: ({ hand }) => hand.setStatus({ status }),
    end: ({ hand }) => hand.setStatus({ status: 'trading' }),
  };
}

/** A real answer of Coinbase in cancel-only mode, read by Coinbase's own gateway. */
async function coinbaseCancelOnly(): Promise<Refusal> {
  const coinbase = await aCoinbaseGateway();
  const error_response = {
    error: 'UNKNOWN_FAILURE_REASON',
    message: 'Market is in cancel only mode',
    preview_failure_reason: 'PREVIEW_NOT_ALLOWED_BY_MARKET_STATE',
    new_order_failure_reason: 'ORDER_ENTRY_DISABLED',
  };
  coinbase.says('POST /orders', json({ success: false, error_response }));
  const order = approvedSell({ ...BTC, symbol: 'BTC/USD' }, 'l1-1', 0.001, 'stop-loss', 50_000);
  const answer = await coinbase.gateway.submit(order);
  if (answer.kind !== 'rejected') throw new Error(`Coinbase answered with ${answer.kind}.`);
  let isRefused = false;
  return {
    name: 'Coinbase takes cancellations only',
    venue: 'binanceus',
    longestPauseMs: MINUTE_MS,
    through: (gateway, count) =>
      refused(gateway, () => {
        if (!isRefused) return null;
        count();
        return answer;
      }),
    begin: () => void (isRefused = true),
    end: () => void (isRefused = false),
  };
}

/** The gateway, whose orders go nowhere while there is an answer to them. */
function refused(gateway: LiveGateway, answer: () => SubmitAnswer | null): LiveGateway {
  return {
    name: gateway.name,
    restingExits: gateway.restingExits,
    arrivalMs: gateway.arrivalMs,
    highestFees: gateway.highestFees,
    submit: async (order, closedBecause) => answer() ?? gateway.submit(order, closedBecause),
    submitPair: async (stop, target) => answer() ?? gateway.submitPair(stop, target),
    cancel: (orderId, symbol) => gateway.cancel(orderId, symbol),
    find: (orderId, symbol) => gateway.find(orderId, symbol),
    openOrders: (symbols) => gateway.openOrders(symbols),
    topOfBook: (symbol) => gateway.topOfBook(symbol),
    balances: () => gateway.balances(),
    trades: (symbols, since) => gateway.trades(symbols, since),
    listen: (listener) => gateway.listen(listener),
    health: () => gateway.health(),
    validateKey: () => gateway.validateKey(),
    instrument: (symbol) => gateway.instrument(symbol),
    tradingStatus: (symbol) => gateway.tradingStatus(symbol),
    fees: (symbol) => gateway.fees(symbol),
    close: () => gateway.close(),
  };
}

const QUARTER_MS = 16 * MINUTE_MS;

/** Each opened by the test that meets it. */
export const REFUSALS: readonly (() => Refusal | Promise<Refusal>)[] = [
  () => withStatus('binanceus', 'halt'),
  () => withStatus('binanceus', 'cancel-only'),
  () => refusing({ code: -1013, msg: 'Market is closed.' }),
  () => refusing({ code: -1008, msg: 'Server is currently overloaded with other requests.' }),
  () => refusing({ code: -1004, msg: 'Server is busy, please wait and try again' }),
  () => refusing({ code: -1015, msg: 'Too many new orders.', longestPauseMs: QUARTER_MS }),
  () =>
    refusing({
      code: -2010,
      msg: 'This action is disabled on this account.',
      longestPauseMs: QUARTER_MS,
    }),
  coinbaseCancelOnly,
  () => withStatus('kraken', 'cancel-only'),
  () => refusing({ venue: 'kraken', msg: 'EService:Market in cancel_only mode' }),
  () => refusing({ venue: 'kraken', msg: 'EOrder:Orders limit exceeded' }),
  () =>
    refusing({
      venue: 'kraken',
      msg: 'EOrder:Rate limit exceeded',
      longestPauseMs: QUARTER_MS,
    }),
];
