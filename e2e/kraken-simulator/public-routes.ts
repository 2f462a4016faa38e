/** The public half: the time, the rules, and the prices. */

import { bookOf } from '../exchange-simulator/book.ts';
import { formatUnits } from '../exchange-simulator/decimal.ts';
import { MINUTE_MS, type Bar } from '../exchange-simulator/market/bars.ts';
import type { Level } from '../exchange-simulator/market/depth.ts';
import type { MarketTrade } from '../exchange-simulator/market/market.ts';
import { dayBar } from '../exchange-simulator/rest/day-view.ts';
import type { MarketMode } from './faults.ts';
import {
  askedPairs,
  pairMarket,
  pairMode,
  seconds,
  type Call,
  type PairMarket,
  type Route,
} from './call.ts';
import {
  assetId,
  ASSETS,
  fixed,
  LOT_DECIMALS,
  type KrakenAsset,
  type KrakenPair,
} from './pairs.ts';
import { answered, ERRORS, invalid, refused, type Reply } from './reply.ts';

const route = (name: string, answer: Route['answer']): Route => ({
  path: `/0/public/${name}`,
  permissions: 'public',
  answer,
});

export const PUBLIC_ROUTES: readonly Route[] = [
  route('Time', ({ serverTime }) =>
    answered({
      unixtime: Math.floor(seconds(serverTime)),
      rfc1123: new Date(serverTime).toUTCString(),
    }),
  ),
  route('SystemStatus', ({ mode, serverTime }) =>
    answered({ status: mode, timestamp: new Date(serverTime).toISOString() }),
  ),
  route('Assets', assets),
  route('AssetPairs', (call) => ofPairs(call, ({ pair }) => pairView(pair, pairMode(call, pair)))),
  route('Ticker', (call) => ofPairs(call, (each) => tickerView(call, each))),
  route('OHLC', ohlc),
  route('Depth', depth),
  route('Trades', trades),
];

function assets({ parameters }: Call): Reply {
  const all = Object.values(ASSETS);
  const asked = parameters.get('asset')?.split(',');
  const found = asked?.map((name) =>
    all.find(({ id, altName }) => id === name || altName === name),
  );
  const known = (found ?? all).filter((asset) => asset !== undefined);
  if (found && known.length < found.length) return refused(ERRORS.unknownAsset);
  return answered(Object.fromEntries(known.map((asset) => [asset.id, assetView(asset)])));
}

function assetView({ altName, decimals, displayDecimals }: KrakenAsset): unknown {
  return {
    aclass: 'currency',
    altname: altName,
    decimals,
    display_decimals: displayDecimals,
    status: 'enabled',
  };
}

function ofPairs(call: Call, view: (each: PairMarket) => unknown): Reply {
  const asked = askedPairs(call);
  if (!asked.ok) return asked;
  return answered(Object.fromEntries(asked.result.map((each) => [each.pair.id, view(each)])));
}

function pairView({ id, wsName, priceDecimals, rules }: KrakenPair, status: MarketMode): unknown {
  return {
    altname: id,
    wsname: wsName,
    aclass_base: 'currency',
    base: assetId(rules.base),
    aclass_quote: 'currency',
    quote: assetId(rules.quote),
    lot: 'unit',
    cost_decimals: 5,
    pair_decimals: priceDecimals,
    lot_decimals: LOT_DECIMALS,
    lot_multiplier: 1,
    leverage_buy: [],
    leverage_sell: [],
    // Kraken tells them by TradeVolume alone.
    fees: [],
    fees_maker: [],
    fee_volume_currency: 'ZUSD',
    margin_call: 80,
    margin_stop: 40,
    ordermin: plain(rules.minQuantity),
    costmin: plain(rules.minNotional),
    tick_size: plain(rules.tick),
    status,
  };
}

/** 0.008 is 0.8 %. */
export function percent(fraction: bigint): number {
  return Number(formatUnits(fraction * 100n));
}

/** Without trailing zeros, as the rules are written. */
function plain(value: bigint): string {
  return formatUnits(value).replace(/\.?0+$/, '');
}

function tickerView({ exchange }: Call, { pair, market }: PairMarket): unknown {
  const day = dayBar(exchange, market);
  const { bids, asks } = bookOf(exchange, market);
  const price = (value: bigint): string => fixed(value, pair.priceDecimals);
  const best = (level: Level | undefined): readonly string[] => [
    price(level?.price ?? 0n),
    '1',
    fixed(level?.quantity ?? 0n, 3),
  ];
  const twice = <T>(value: T): readonly [T, T] => [value, value];
  return {
    a: best(asks[0]),
    b: best(bids[0]),
    c: [price(market.last()), formatUnits(market.latestTrades().at(-1)?.quantity ?? 0n)],
    v: twice(formatUnits(day.volume)),
    p: twice(price((day.high + day.low + day.close) / 3n)),
    t: twice(day.trades),
    l: twice(price(day.low)),
    h: twice(price(day.high)),
    o: price(day.open),
  };
}

const INTERVALS = [1, 5, 15, 30, 60, 240, 1_440, 10_080, 21_600];
/** However far back it is asked for, Kraken has no older bars than these. */
const BARS_KEPT = 720;

function ohlc(call: Call): Reply {
  const { parameters, exchange } = call;
  const asked = pairMarket(call, parameters.get('pair') ?? '');
  if (!asked.ok) return asked;
  const minutes = Number(parameters.get('interval') ?? 1);
  if (!INTERVALS.includes(minutes)) return invalid('interval');
  const { pair, market } = asked.result;
  const now = exchange.now();
  const newest = market.bars({
    length: minutes * MINUTE_MS,
    startTime: undefined,
    endTime: undefined,
    limit: BARS_KEPT,
    now,
  });
  const since = Number(parameters.get('since') ?? 0);
  const rows = newest.filter(({ start }) => seconds(start) > since);
  return answered({
    [pair.id]: rows.map((bar) => barRow(bar, pair)),
    last: seconds(newest.at(-2)?.start ?? now),
  });
}

function barRow(bar: Bar, { priceDecimals }: KrakenPair): readonly unknown[] {
  const { open, high, low, close } = bar;
  const average = bar.trades === 0 ? 0n : (high + low + close) / 3n;
  const prices = [open, high, low, close, average].map((price) => fixed(price, priceDecimals));
  return [seconds(bar.start), ...prices, formatUnits(bar.volume), bar.trades];
}

function depth(call: Call): Reply {
  const { parameters, exchange, serverTime } = call;
  const asked = pairMarket(call, parameters.get('pair') ?? '');
  if (!asked.ok) return asked;
  const { pair, market } = asked.result;
  const count = Number(parameters.get('count') ?? 100);
  if (!(count >= 1 && count <= 500)) return invalid('count');
  const { bids, asks } = bookOf(exchange, market);
  const row = ({ price, quantity }: Level): readonly unknown[] => [
    fixed(price, pair.priceDecimals),
    fixed(quantity, 3),
    Math.floor(seconds(serverTime)),
  ];
  return answered({
    [pair.id]: { asks: asks.slice(0, count).map(row), bids: bids.slice(0, count).map(row) },
  });
}

const NS_PER_MS = 1_000_000n;
/** `since` is in nanoseconds; what is too small for that is taken for seconds. */
const LARGEST_SECONDS = 1e12;

function trades(call: Call): Reply {
  const { parameters } = call;
  const asked = pairMarket(call, parameters.get('pair') ?? '');
  if (!asked.ok) return asked;
  const { pair, market } = asked.result;
  const since = Number(parameters.get('since') ?? 0);
  const sinceMs = since < LARGEST_SECONDS ? since * 1_000 : since / Number(NS_PER_MS);
  const count = Number(parameters.get('count') ?? 1_000);
  if (!(count >= 1 && count <= 1_000)) return invalid('count');
  const later = market.latestTrades().filter(({ time }) => time > sinceMs);
  const rows = since > 0 ? later.slice(0, count) : later.slice(-count);
  const last = rows.at(-1)?.time ?? sinceMs;
  return answered({
    [pair.id]: rows.map((trade) => tradeRow(trade, pair)),
    last: (BigInt(Math.floor(last)) * NS_PER_MS).toString(),
  });
}

function tradeRow(trade: MarketTrade, { priceDecimals }: KrakenPair): readonly unknown[] {
  return [
    fixed(trade.price, priceDecimals),
    formatUnits(trade.quantity),
    seconds(trade.time),
    trade.buyerIsMaker ? 's' : 'b',
    'l',
    '',
    trade.id,
  ];
}
