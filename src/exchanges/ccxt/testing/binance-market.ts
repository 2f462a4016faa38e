/** Enough of Binance's public REST to read prices from: two pairs, a book, and bars that go on with the clock. */

import { isTimeframe, timeframeMs } from '../../../core/domain/timeframe.ts';
import type { CandleRow } from '../../../core/domain/candles.ts';
import { json, type Answer } from './loopback.ts';

export interface BinanceMarket {
  readonly answer: (url: URL) => Answer | undefined;
  /** Price levels of the next answers. */
  book: {
    bids: readonly (readonly [string, string])[];
    asks: readonly (readonly [string, string])[];
  };
  /** Starts of bars that the exchange has not published. */
  readonly withheld: Set<number>;
  /** ms that the exchange's clock is ahead of ours. */
  ahead: number;
}

/** The bar that the exchange has for a start: its prices follow from the time, so that a test can expect them. */
export function barAt(start: number): CandleRow {
  const open = 50_000 + ((start / 60_000) % 1_000);
  return [start, open, open + 10, open - 10, open + 5, 1.5];
}

const INFO = json({
  symbols: [
    pair('BTC', 'USDT', 'TRADING', [
      { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
      { filterType: 'LOT_SIZE', minQty: '0.00001', maxQty: '9000', stepSize: '0.00001' },
      { filterType: 'NOTIONAL', minNotional: '10', maxNotional: '9000000' },
    ]),
    // A filter of 0 is switched off.
    pair('ETH', 'USDT', 'TRADING', [
      { filterType: 'PRICE_FILTER', minPrice: '0', maxPrice: '0', tickSize: '0' },
    ]),
    pair('LUNA', 'USDT', 'BREAK', []),
  ],
});

export function createBinanceMarket(now: () => number): BinanceMarket {
  const market: BinanceMarket = {
    book: {
      bids: [
        ['50000', '1'],
        ['49999', '2'],
      ],
      asks: [
        ['50001', '3'],
        ['50002', '4'],
      ],
    },
    withheld: new Set(),
    ahead: 0,
    answer: ({ pathname, searchParams }) => {
      const time = now() + market.ahead;
      if (pathname === '/api/v3/exchangeInfo') return INFO;
      if (pathname === '/api/v3/time') return json({ serverTime: time });
      if (pathname === '/api/v3/depth') return json({ lastUpdateId: 1, ...market.book });
      if (pathname !== '/api/v3/klines') return undefined;
      return json(klines(searchParams, time, market.withheld));
    },
  };
  return market;
}

/** As Binance answers: from the start asked for, and the bar that is still forming among them. */
function klines(query: URLSearchParams, time: number, withheld: ReadonlySet<number>): unknown {
  const interval = query.get('interval') ?? '';
  if (!isTimeframe(interval)) throw new Error(`Binance has no interval ${interval}.`);
  const length = timeframeMs(interval);
  const most = Math.min(Number(query.get('limit')), 1_000);
  const rows: unknown[] = [];
  for (let start = Number(query.get('startTime')); start <= time && rows.length < most;) {
    const [, ...prices] = barAt(start);
    if (!withheld.has(start))
      rows.push([start, ...prices.map(String), start + length - 1, '0', 1, '0', '0', '0']);
    start += length;
  }
  return rows;
}

function pair(base: string, quote: string, status: string, filters: readonly unknown[]): unknown {
  return {
    symbol: `${base}${quote}`,
    status,
    baseAsset: base,
    baseAssetPrecision: 8,
    quoteAsset: quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    permissions: ['SPOT'],
    filters,
  };
}
