/** A market that was: a file of candles played again. */

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
  if (first === undefined || second === undefined) throw new Error('There are no candles to play.');
  const length = second.time - first.time;
  const shifted = aroundStart(candles, length, start);
  const begun = shifted.filter(({ time }) => time <= start);
  const current = begun.at(-1);
  const currentMoves = current ? movesOf(rules, current, length, LIVE_STEPS) : [];
  const past = [
    ...begun.slice(0, -1).flatMap((candle) => movesOf(rules, candle, length, PAST_STEPS)),
    ...currentMoves.filter(({ time }) => time <= start),
  ];
  const minutes = pastMinutes(past);

  let moves = currentMoves.filter(({ time }) => time > start);
  let nextCandle = begun.length;
  const upcoming = (): Move | undefined => {
    const candle = shifted[nextCandle];
    if (moves.length === 0 && candle !== undefined) {
      moves = movesOf(rules, candle, length, LIVE_STEPS);
      nextCandle += 1;
    }
    return moves[0];
  };

  return {
    startPrice: past.at(-1)?.price ?? first.open,
    earliest: barStart(shifted[0]?.time ?? start, MINUTE_MS),
    pastMinute: (minute) => minutes.get(minute),
    nextTime: () => upcoming()?.time,
    next: () => {
      const move = upcoming();
      if (move === undefined) throw new Error('The candle file is at its end.');
      moves = moves.slice(1);
      return move;
    },
  };
}

function aroundStart(candles: readonly Candle[], length: number, start: number): readonly Candle[] {
  const [first, last] = [candles[0]?.time ?? 0, candles.at(-1)?.time ?? 0];
  if (start > first && start < last) return candles;
  const middle = candles[Math.floor(candles.length / 2)]?.time ?? first;
  const shift = barStart(start, length) - middle;
  return candles.map((candle) => ({ ...candle, time: candle.time + shift }));
}

/** The past is only looked at; what is still to come must pass every price, or a stop's limit would be leapt over. */
const PAST_STEPS = 1;
const LIVE_STEPS = 60;

/**
 * From the open over one extreme and the other to the close: a rising candle makes its low first, a falling one its high.
 * @param steps - Of each of the three legs, at most one a second.
 */
function movesOf(rules: SymbolRules, candle: Candle, length: number, steps: number): Move[] {
  const { open, high, low, close, time, volume } = candle;
  const legs =
    close >= open
      ? ([
          [open, low],
          [low, high],
          [high, close],
        ] as const)
      : ([
          [open, high],
          [high, low],
          [low, close],
        ] as const);
  const count = Math.max(1, Math.min(steps, Math.floor(length / legs.length / 1_000)));
  const between = legs.flatMap(([from, to]) =>
    Array.from({ length: count }, (_, step) => from + ((to - from) * BigInt(step)) / BigInt(count)),
  );
  const prices = [...between, close];
  const each = volume / BigInt(prices.length);
  return prices.map((price, index) => ({
    time: time + Math.floor((index * (length - 1)) / (prices.length - 1)),
    price: larger(rules.tick, floorTo(price, rules.tick)),
    quantity: index === 0 ? volume - each * BigInt(prices.length - 1) : each,
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
