/** Kraken's public answers as it words them: seconds, its own names of coins, an error list in every answer. */

import type { CandleRow } from '../../../core/domain/candles.ts';
import { json, type Answer } from './loopback.ts';

/** Kraken answers with its newest bars, however far back it is asked for. */
const NEWEST = 720;

/** @param bars - What Kraken knows, oldest first, the forming one at the end. */
export function krakenAnswers(
  now: () => number,
  bars: readonly CandleRow[],
): (url: URL) => Answer | undefined {
  const said = (result: unknown): Answer => json({ error: [], result });
  return ({ pathname, searchParams }) => {
    if (pathname === '/0/public/Assets') return said(ASSETS);
    if (pathname === '/0/public/AssetPairs') return said({ XXBTZUSD: PAIR });
    if (pathname === '/0/public/Time') return said({ unixtime: Math.floor(now() / 1_000) });
    if (pathname === '/0/public/Depth') return said({ XXBTZUSD: BOOK });
    if (pathname !== '/0/public/OHLC') return undefined;
    const since = Number(searchParams.get('since') ?? 0) * 1_000;
    const rows = bars.slice(-NEWEST).filter(([time]) => time > since);
    return said({ XXBTZUSD: rows.map(row), last: 0 });
  };
}

/** Time in seconds; the volume-weighted price stands between the close and the volume. */
function row([time, open, high, low, close, volume]: CandleRow): readonly unknown[] {
  return [time / 1_000, ...[open, high, low, close, close, volume].map(String), 7];
}

const ASSETS = {
  XXBT: { aclass: 'currency', altname: 'XBT', decimals: 10, display_decimals: 5 },
  ZUSD: { aclass: 'currency', altname: 'USD', decimals: 4, display_decimals: 2 },
};

const PAIR = {
  altname: 'XBTUSD',
  wsname: 'XBT/USD',
  aclass_base: 'currency',
  base: 'XXBT',
  aclass_quote: 'currency',
  quote: 'ZUSD',
  lot: 'unit',
  cost_decimals: 5,
  pair_decimals: 1,
  lot_decimals: 8,
  lot_multiplier: 1,
  leverage_buy: [],
  leverage_sell: [],
  fees: [[0, 0.4]],
  fees_maker: [[0, 0.25]],
  fee_volume_currency: 'ZUSD',
  ordermin: '0.00005',
  costmin: '0.5',
  tick_size: '0.1',
  status: 'online',
};

const BOOK = {
  asks: [
    ['50000.1', '1.5', 1_772_366_399],
    ['50000.2', '2', 1_772_366_398],
  ],
  bids: [['50000.0', '0.5', 1_772_366_397]],
};
