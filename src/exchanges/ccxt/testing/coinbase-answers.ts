/** Coinbase's public answers as it words them: objects in place of rows, text in place of numbers, newest bar first. */

import type { CandleRow } from '../../../core/domain/candles.ts';
import { json, type Answer } from './loopback.ts';

const MARKET = '/api/v3/brokerage/market';

/** @param bars - What Coinbase knows; it leaves out a bar in which nothing was traded. */
export function coinbaseAnswers(
  now: () => number,
  bars: readonly CandleRow[],
): (url: URL) => Answer | undefined {
  return ({ pathname, searchParams }) => {
    if (pathname === '/v2/time') return json({ data: { epoch: Math.floor(now() / 1_000) } });
    if (pathname === `${MARKET}/product_book`) return json({ pricebook: BOOK });
    if (pathname === `${MARKET}/products`) {
      return json({ products: searchParams.has('product_type') ? [] : [PRODUCT] });
    }
    if (pathname !== `${MARKET}/products/BTC-USD/candles`) return undefined;
    const [start, end] = ['start', 'end'].map((name) => Number(searchParams.get(name)) * 1_000);
    const asked = bars.filter(([time]) => time >= Number(start) && time <= Number(end));
    return json({ candles: asked.toReversed().map(candle) });
  };
}

function candle([time, open, high, low, close, volume]: CandleRow): unknown {
  const text = { open, high, low, close, volume, start: time / 1_000 };
  return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, String(value)]));
}

const PRODUCT = {
  product_id: 'BTC-USD',
  base_increment: '0.00000001',
  quote_increment: '0.01',
  price_increment: '0.01',
  quote_min_size: '1',
  quote_max_size: '150000000',
  base_min_size: '0.00000001',
  base_max_size: '3400',
  status: 'online',
  product_type: 'SPOT',
  base_currency_id: 'BTC',
  quote_currency_id: 'USD',
  trading_disabled: false,
  is_disabled: false,
  alias: '',
  alias_to: [],
};

const BOOK = {
  product_id: 'BTC-USD',
  bids: [{ price: '50000.00', size: '0.115' }],
  asks: [{ price: '50001.07', size: '0.04877659' }],
  time: '2026-03-01T11:59:59.500000Z',
};
