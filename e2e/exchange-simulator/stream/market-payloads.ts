/** What a market stream sends at a move, by the stream's name: `btcusdt@miniTicker`, `btcusdt@kline_1m`. */

import { bookOf, levelView } from '../book.ts';
import { formatUnits, times } from '../decimal.ts';
import type { Exchange } from '../exchange.ts';
import { barStart, intervalMs } from '../market/bars.ts';
import type { Market, MarketTrade } from '../market/market.ts';
import { dayBar } from '../rest/day-view.ts';

export interface StreamName {
  /** `BTCUSDT`. */
  readonly symbol: string;
  /** `miniTicker`, without how often it is sent. */
  readonly channel: string;
}

/** `undefined` for a listen key, or for what the simulator doesn't stream. */
export function parseStreamName(name: string): StreamName | undefined {
  const [symbol, channel] = name.split('@');
  if (symbol === undefined || channel === undefined) return undefined;
  return { symbol: symbol.toUpperCase(), channel };
}

/** The payload but for `depth`, which depends on what was sent before it. */
export function marketPayload(
  exchange: Exchange,
  market: Market,
  channel: string,
  trade: MarketTrade,
): unknown {
  const symbol = market.rules.name;
  if (channel === 'trade' || channel === 'aggTrade') return tradePayload(symbol, channel, trade);
  if (channel === 'miniTicker' || channel === 'ticker') {
    return tickerPayload(exchange, market, channel);
  }
  if (channel === 'bookTicker') return bookTickerPayload(exchange, market);
  if (channel.startsWith('kline_')) {
    return klinePayload(exchange, market, channel.slice('kline_'.length));
  }
  const levels = /^depth(5|10|20)$/.exec(channel)?.[1];
  return levels === undefined ? undefined : partialBook(exchange, market, Number(levels));
}

function tradePayload(symbol: string, channel: string, trade: MarketTrade): unknown {
  return {
    e: channel,
    E: trade.time,
    s: symbol,
    ...(channel === 'trade' ? { t: trade.id } : { a: trade.id, f: trade.id, l: trade.id }),
    p: formatUnits(trade.price),
    q: formatUnits(trade.quantity),
    T: trade.time,
    m: trade.buyerIsMaker,
    M: true,
  };
}

function tickerPayload(exchange: Exchange, market: Market, channel: string): unknown {
  const day = dayBar(exchange, market);
  const mini = {
    e: channel === 'ticker' ? '24hrTicker' : '24hrMiniTicker',
    E: exchange.now(),
    s: market.rules.name,
    c: formatUnits(market.last()),
    o: formatUnits(day.open),
    h: formatUnits(day.high),
    l: formatUnits(day.low),
    v: formatUnits(day.volume),
    q: formatUnits(times(day.volume, market.last())),
  };
  if (channel === 'miniTicker') return mini;
  const { bids, asks } = bookOf(exchange, market);
  const change = market.last() - day.open;
  return {
    ...mini,
    p: formatUnits(change),
    P: ((Number(change) / Number(day.open)) * 100).toFixed(3),
    w: formatUnits((day.high + day.low + day.close) / 3n),
    b: formatUnits(bids[0]?.price ?? 0n),
    B: formatUnits(bids[0]?.quantity ?? 0n),
    a: formatUnits(asks[0]?.price ?? 0n),
    A: formatUnits(asks[0]?.quantity ?? 0n),
    O: day.start,
    C: exchange.now(),
    n: day.trades,
  };
}

function bookTickerPayload(exchange: Exchange, market: Market): unknown {
  const { bids, asks } = bookOf(exchange, market);
  return {
    u: market.updateId(),
    s: market.rules.name,
    b: formatUnits(bids[0]?.price ?? 0n),
    B: formatUnits(bids[0]?.quantity ?? 0n),
    a: formatUnits(asks[0]?.price ?? 0n),
    A: formatUnits(asks[0]?.quantity ?? 0n),
  };
}

function partialBook(exchange: Exchange, market: Market, levels: number): unknown {
  const { bids, asks } = bookOf(exchange, market);
  return {
    lastUpdateId: market.updateId(),
    bids: bids.slice(0, levels).map(levelView),
    asks: asks.slice(0, levels).map(levelView),
  };
}

function klinePayload(exchange: Exchange, market: Market, interval: string): unknown {
  const length = intervalMs(interval);
  if (length === undefined) return undefined;
  const now = exchange.now();
  const startTime = barStart(now, length);
  const [bar] = market.bars({ length, startTime, endTime: undefined, limit: 1, now });
  if (bar === undefined) return undefined;
  const quote = times(bar.close, bar.volume);
  return {
    e: 'kline',
    E: now,
    s: market.rules.name,
    k: {
      t: bar.start,
      T: bar.start + length - 1,
      s: market.rules.name,
      i: interval,
      o: formatUnits(bar.open),
      c: formatUnits(bar.close),
      h: formatUnits(bar.high),
      l: formatUnits(bar.low),
      v: formatUnits(bar.volume),
      n: bar.trades,
      x: now === bar.start + length - 1,
      q: formatUnits(quote),
      V: formatUnits(bar.volume / 2n),
      Q: formatUnits(quote / 2n),
    },
  };
}
