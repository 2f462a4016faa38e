/** Whether a pair trades, as the exchange itself says: ccxt calls a market active that takes no orders. */

import type { MarketInterface } from 'ccxt';
import type { TradingStatus } from '../../core/domain/instrument.ts';

/** Coinbase's, each of which keeps orders out or lets in some kinds alone. */
const HOLDS = [
  'trading_disabled',
  'is_disabled',
  'cancel_only',
  'post_only',
  'limit_only',
  'view_only',
  'auction_mode',
];

/** What Binance, Kraken and Coinbase call a pair that trades. */
const TRADES = new Set(['TRADING', 'online']);

export function tradingStatus(market: MarketInterface | undefined): TradingStatus {
  if (market === undefined) return 'gone';
  const info: unknown = market.info;
  const status = said(info, 'status');
  if (status === 'delisted') return 'gone';
  const isHeld =
    market.active === false ||
    (typeof status === 'string' && status !== '' && !TRADES.has(status)) ||
    said(info, 'isSpotTradingAllowed') === false ||
    HOLDS.some((name) => said(info, name) === true);
  return isHeld ? 'halted' : 'trades';
}

function said(info: unknown, name: string): unknown {
  return typeof info === 'object' && info !== null ? Reflect.get(info, name) : undefined;
}
