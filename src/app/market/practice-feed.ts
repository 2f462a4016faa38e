/**
 * A practice market: the synthetic sample played as if it happened now, a minute for each of its bars, forwards and
 * then backwards without end. The same at every start for the same time, so that history and prices fit together.
 */

import type { CandleColumns, CandleRow } from '../../core/domain/candles.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import { fail, ok } from '../../core/domain/result.ts';
import { MINUTE_MS, timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { FeedEvent, FeedWants } from '../../core/ports/market-feed.ts';
import type { Clock } from '../trading/clock.ts';
import type { OpenFeed } from '../trading/trading-side.ts';

const PRACTICE_NAME = 'Practice market (made-up prices)';

const INSTRUMENT: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  minAmount: null,
  priceStep: 0.01,
  minCost: 1,
};

/** ms from one price to the next. */
const TICK_MS = 1_000;

/** Of the price, on either side of it. */
const HALF_SPREAD = 0.000_05;

export function createPracticeFeed(sample: CandleColumns, clock: Clock): OpenFeed {
  const ends = new Set<() => void>();
  return {
    name: PRACTICE_NAME,
    instrument: async (symbol) => (symbol === INSTRUMENT.symbol ? ok(INSTRUMENT) : onlyOne(symbol)),
    async closedBars(symbol, timeframe, from, to) {
      if (symbol !== INSTRUMENT.symbol) return onlyOne(symbol);
      const length = timeframeMs(timeframe);
      const end = Math.min(to, Math.floor(clock.now() / length) * length);
      const bars: CandleRow[] = [];
      for (let start = Math.ceil(from / length) * length; start < end; start += length) {
        bars.push(barAt(sample, start, length));
      }
      return ok(bars);
    },
    time: async () => clock.now(),
    subscribe(wants, listener) {
      const end = play(sample, clock, wants, listener);
      ends.add(end);
      return () => {
        ends.delete(end);
        end();
      };
    },
    close() {
      for (const end of ends) end();
      ends.clear();
    },
  };
}

function onlyOne(symbol: string) {
  return fail(
    'SYMBOL_UNKNOWN',
    `The practice market has no ${symbol}, only ${INSTRUMENT.symbol}. Choose an exchange for other pairs.`,
  );
}

function play(
  sample: CandleColumns,
  clock: Clock,
  wants: FeedWants,
  listener: (event: FeedEvent) => void,
): () => void {
  const { symbol } = INSTRUMENT;
  const timeframes = wants.bars.filter((want) => want.symbol === symbol);
  let told = clock.now();
  let callOff: () => void = () => {};
  let isEnded = false;

  const tellBars = (timeframe: Timeframe, now: number): void => {
    const length = timeframeMs(timeframe);
    // After a sleep there are several, oldest first.
    for (let end = (Math.floor(told / length) + 1) * length; end <= now; end += length) {
      const bar = barAt(sample, end - length, length);
      if (!isEnded) listener({ kind: 'bar-closed', symbol, timeframe, bar });
    }
  };
  const tick = (): void => {
    const now = clock.now();
    for (const { timeframe } of timeframes) tellBars(timeframe, now);
    told = Math.max(told, now);
    if (isEnded) return;
    if (wants.quotes.includes(symbol)) listener({ kind: 'quote', quote: quoteAt(sample, now) });
    callOff = clock.setTimer(TICK_MS, tick);
  };
  callOff = clock.setTimer(0, tick);
  return () => {
    isEnded = true;
    callOff();
  };
}

function quoteAt(sample: CandleColumns, time: number) {
  const { symbol } = INSTRUMENT;
  const [start, open, , , close] = barAt(
    sample,
    Math.floor(time / MINUTE_MS) * MINUTE_MS,
    MINUTE_MS,
  );
  const price = open + (close - open) * ((time - start) / MINUTE_MS);
  const cents = (value: number): number => Math.round(value * 100) / 100;
  const [bid, ask] = [cents(price * (1 - HALF_SPREAD)), cents(price * (1 + HALF_SPREAD))];
  return { symbol, time, bid, ask, depth: null };
}

/** @param start of the bar, ms UTC @param length in whole minutes, ms */
function barAt(sample: CandleColumns, start: number, length: number): CandleRow {
  const first = minuteAt(sample, start);
  let [, , high, low, close, volume] = first;
  for (let time = start + MINUTE_MS; time < start + length; time += MINUTE_MS) {
    const minute = minuteAt(sample, time);
    high = Math.max(high, minute[2]);
    low = Math.min(low, minute[3]);
    close = minute[4];
    volume += minute[5];
  }
  return [start, first[1], high, low, close, volume];
}

/** Forwards and backwards in turn, so that no price ever jumps from the end of the sample to its beginning. */
function minuteAt(sample: CandleColumns, start: number): CandleRow {
  const { length } = sample;
  const place = Math.floor(start / MINUTE_MS) % (2 * length);
  const isForwards = place < length;
  const index = isForwards ? place : 2 * length - 1 - place;
  const at = (column: Float64Array): number => column[index] ?? NaN;
  const [open, close] = [at(sample.open), at(sample.close)];
  return [
    start,
    isForwards ? open : close,
    at(sample.high),
    at(sample.low),
    isForwards ? close : open,
    at(sample.volume),
  ];
}
