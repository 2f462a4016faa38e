import { expect, test } from 'vitest';
import { createClock, type Clock } from '../clock.ts';
import { formatUnits, units } from '../decimal.ts';
import { createExchange, START_BALANCES, type Exchange } from '../exchange.ts';
import { parseCandles } from './candle-file.ts';

const HOUR = 3_600_000;
const FIRST = Date.UTC(2023, 0, 1);

const FILE = [
  'timestamp,open,high,low,close,volume',
  `${FIRST},100.00,110.00,90.00,105.00,4.0000`,
  `${FIRST + HOUR},105.00,120.00,95.00,98.00,8.0000`,
  `${FIRST + 2 * HOUR},98.00,99.00,80.00,85.00,4.0000`,
  `${FIRST + 3 * HOUR},85.00,130.00,84.00,125.00,4.0000`,
  '',
].join('\n');

function replay(start: number): { readonly exchange: Exchange; readonly clock: Clock } {
  const clock = createClock(() => start);
  const exchange = createExchange({
    clock,
    market: { kind: 'candles', candles: parseCandles(FILE), seed: 1 },
    balances: START_BALANCES,
    matchPercent: () => 100,
  });
  return { exchange, clock };
}

function hours(exchange: Exchange): readonly (readonly (string | number)[])[] {
  const market = exchange.market('BTCUSDT');
  const query = { length: HOUR, startTime: undefined, endTime: undefined, limit: 10 };
  return (market?.bars({ ...query, now: exchange.now() }) ?? []).map((bar) => [
    bar.start,
    ...[bar.open, bar.high, bar.low, bar.close, bar.volume].map((value) =>
      Number(formatUnits(value)),
    ),
  ]);
}

test('candles before the start are history, and the others happen as the clock goes on', () => {
  const { exchange, clock } = replay(FIRST + 2 * HOUR - 1);
  const past = [
    [FIRST, 100, 110, 90, 105, 4],
    [FIRST + HOUR, 105, 120, 95, 98, 8],
  ];
  expect(hours(exchange)).toEqual(past);
  clock.advance(2 * HOUR);
  exchange.catchUp();
  expect(hours(exchange)).toEqual([
    ...past,
    [FIRST + 2 * HOUR, 98, 99, 80, 85, 4],
    [FIRST + 3 * HOUR, 85, 130, 84, 125, 4],
  ]);
});

test('the price passes every level on its way, so that a stop is filled within its limit', () => {
  const { exchange, clock } = replay(FIRST + 2 * HOUR - 1);
  exchange.engine.place({
    symbol: 'BTCUSDT',
    clientOrderId: 'stop',
    side: 'SELL',
    type: 'STOP_LOSS_LIMIT',
    timeInForce: 'GTC',
    quantity: units('0.1'),
    quoteQuantity: 0n,
    price: units('89'),
    stopPrice: units('90'),
  });
  clock.advance(HOUR);
  exchange.catchUp();
  const [fill] = exchange.store.fills();
  expect(Number(formatUnits(fill?.price ?? 0n))).toBeGreaterThan(89);
  expect(fill?.time).toBeLessThan(FIRST + 3 * HOUR);
});

test('after the last candle the price stays', () => {
  const { exchange, clock } = replay(FIRST + 2 * HOUR - 1);
  clock.advance(10 * HOUR);
  exchange.catchUp();
  expect(formatUnits(exchange.market('BTCUSDT')?.last() ?? 0n)).toBe('125.00000000');
});

test('a file from another time is shifted by whole bars, half of it before the start', () => {
  const start = Date.UTC(2026, 5, 1, 10, 17);
  const { exchange } = replay(start);
  const bars = hours(exchange);
  expect(bars.map(([time]) => time)).toEqual([
    Date.UTC(2026, 5, 1, 8),
    Date.UTC(2026, 5, 1, 9),
    Date.UTC(2026, 5, 1, 10),
  ]);
  expect(bars[0]?.slice(1)).toEqual([100, 110, 90, 105, 4]);
  expect(bars[2]?.[1]).toBe(98);
});

test.each([
  ['one candle', `${FIRST},1,1,1,1,1`, 'two candles'],
  ['a word', `${FIRST},1,1,1,1,1\n${FIRST + HOUR},1,x,1,1,1`, 'Line 2'],
  ['a step back', `${FIRST},1,1,1,1,1\n${FIRST - HOUR},1,1,1,1,1`, 'not later'],
])('a file with %s says so', (_, text, sentence) => {
  expect(() => parseCandles(text)).toThrow(sentence);
});
