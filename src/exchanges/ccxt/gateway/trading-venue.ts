/** The exchanges that orders can go to; how they differ is a row here, not a branch elsewhere. */

import { BINANCE, BINANCE_US } from './binance-venues.ts';
import { COINBASE } from './coinbase-venue.ts';
import { KRAKEN } from './kraken-venue.ts';
import type { TradingVenue } from './venue-row.ts';

const TRADING_VENUES = {
  binanceus: BINANCE_US,
  binance: BINANCE,
  kraken: KRAKEN,
  coinbase: COINBASE,
} as const satisfies Readonly<Record<string, TradingVenue>>;

export type TradingVenueId = keyof typeof TRADING_VENUES;

export function tradingVenue(id: TradingVenueId): TradingVenue {
  return TRADING_VENUES[id];
}
