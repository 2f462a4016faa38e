/** A market that was: a file of candles played again, four prices to each of them. */

import { floorTo, larger, parseUnits, type Units } from '../decimal.ts';
import type { SymbolRules } from '../symbols.ts';
import { barStart, MINUTE_MS, withTrade, type Bar } from './bars.ts';
import type { Move, PriceSource } from './source.ts';

export interface Candle {
  /** ms UTC. */
  readonly time: number;
  readonly open: Units;
  readonly high: Units;
  readonly low: Units;
  readonly close: Units;
  readonly volume: Units;
}

/** Reads `time,open,high,low,close,volume` with times in ms UTC; throws with the line that is wrong. */
export function parseCandles(text: string): readonly Candle[] {
  const candles: Candle[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const isHeader = index === 0 && /[a-z]/i.test(line);
    if (line.trim() !== '' && !isHeader) candles.push(parseLine(line, index + 1));
  }
  if (candles.length < 2) throw new Error('The candle file needs two candles at least.');
  const wrong = candles.findIndex(({ time }, index) => time <= (candles[index - 1]?.time ?? 0));
  if (wrong !== -1) throw new Error(`Candle ${wrong + 1} is not later than the one before it.`);
  return candles;
}

function parseLine(line: string, number: number): Candle {
  const [time = '', ...fields] = line.split(',').map((field) => field.trim());
  const [open, high, low, close, volume] = fields.map(parseUnits);
  if (
    !/^\d{12,14}$/.test(time) ||
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined ||
    volume === undefined
  ) {
    throw new Error(`Line ${number} of the candle file is not time,open,high,low,close,volume.`);
  }
  return { time: Number(time), open, high, low, close, volume };
}

/**
 * Candles before `start` are the past and later ones are still to come. If `start` is not within the file, the candles
 * are shifted by whole bars so that half of them lie before it.
 */
export function createReplay(
  rules: SymbolRules,
  candles: readonly Candle[],
  start: number,
): PriceSource {
  const [first, second] = candles;
  const last = candles.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    throw new Error('There are no candles to play.');
  }
  const length = second.time - first.time;
  const isWithin = start > first.time && start < last.time;
  const middle = candles[Math.floor(candles.length / 2)] ?? first;
  const shift = isWithin ? 0 : barStart(start, length) - middle.time;
  const moves = candles.flatMap((candle) => movesOf(rules, candle, length, shift));
  const played = moves.findIndex(({ time }) => time > start);
  const past = pastMinutes(moves.slice(0, played));
  let next = played;
  return {
    startPrice: moves[played - 1]?.price ?? first.open,
    earliest: barStart(first.time + shift, MINUTE_MS),
    pastMinute: (minute) => past.get(minute),
    nextTime: () => moves[next]?.time,
    next: () => {
      const move = moves[next];
      if (move === undefined) throw new Error('The candle file is at its end.');
      next += 1;
      return move;
    },
  };
}

/** Towards the close last: a rising candle makes its low first, a falling one its high. */
function movesOf(rules: SymbolRules, candle: Candle, length: number, shift: number): Move[] {
  const { open, high, low, close } = candle;
  const path = close >= open ? [open, low, high, close] : [open, high, low, close];
  return path.map((price, index) => ({
    time: candle.time + shift + Math.floor((index * (length - 1)) / 3),
    price: larger(rules.tick, floorTo(price, rules.tick)),
    quantity: candle.volume / 4n,
  }));
}

function pastMinutes(moves: readonly Move[]): ReadonlyMap<number, Bar> {
  const minutes = new Map<number, Bar>();
  for (const { time, price, quantity } of moves) {
    const start = barStart(time, MINUTE_MS);
    minutes.set(start, withTrade(minutes.get(start), time, price, quantity));
  }
  return minutes;
}
