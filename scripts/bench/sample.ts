/** One measurement in a fresh process: `node sample.ts NAME [FILE]` prints its figures as JSON. */

import { memoryUsage } from 'node:process';
import { emptyCandles, type CandleColumns } from '../../src/core/domain/candles.ts';
import type { Figures } from './child.ts';
import { differences } from './differences.ts';
import { benchConfig, runOrThrow, SETUP } from './engine-run.ts';
import { indicatorFigures } from './indicator-samples.ts';
import { latencyFigures, memoryFigures } from './live-samples.ts';
import { median, medianInTurns, milliseconds } from './measure.ts';
import { parserFigures } from './parser-sample.ts';
import { plainLoop } from './plain-loop.ts';
import { stopFigures } from './stop-samples.ts';
import { syntheticCandles, YEAR_OF_MINUTES } from './synthetic-candles.ts';

const LIMITS_OFF = benchConfig(SETUP);
const LIMITS_ON = benchConfig(SETUP, 'on');

const SAMPLES: Readonly<Record<string, (file: string) => Figures | Promise<Figures>>> = {
  'first-engine': () => firstRun((candles) => runOrThrow(LIMITS_OFF, candles)),
  'first-limits': () => firstRun((candles) => runOrThrow(LIMITS_ON, candles)),
  'first-plain': () => firstRun((candles) => plainLoop(candles, SETUP)),
  warm,
  'warm-limits': warmLimits,
  short,
  allocation,
  indicators: indicatorFigures,
  parser: parserFigures,
  latency: latencyFigures,
  memory: memoryFigures,
  stops: stopFigures,
};

/** Milliseconds of the very first run of a process: most of it is interpreted, then compiled on the way. */
function firstRun(run: (candles: CandleColumns) => unknown): Figures {
  const candles = syntheticCandles(YEAR_OF_MINUTES);
  return { run: milliseconds(() => run(candles)) };
}

/** Engine and plain loop in turns, after both have been found to say the same. */
function warm(): Figures {
  const candles = syntheticCandles(YEAR_OF_MINUTES);
  const report = runOrThrow(LIMITS_OFF, candles);
  const [difference] = differences(report, plainLoop(candles, SETUP));
  if (difference !== undefined)
    throw new Error(`The engine and the plain loop disagree. ${difference}`);
  const works = {
    engine: () => runOrThrow(LIMITS_OFF, candles),
    plain: () => plainLoop(candles, SETUP),
  };
  return { trades: report.trades.length, ...medianInTurns(works, 25, 41) };
}

function warmLimits(): Figures {
  const candles = syntheticCandles(YEAR_OF_MINUTES);
  const { denials } = runOrThrow(LIMITS_ON, candles);
  return {
    denials: denials.length,
    ...medianInTurns({ engine: () => runOrThrow(LIMITS_ON, candles) }, 20, 31),
  };
}

function short(): Figures {
  const candles = syntheticCandles(500);
  const first = milliseconds(() => runOrThrow(LIMITS_OFF, candles));
  return { first, ...medianInTurns({ warm: () => runOrThrow(LIMITS_OFF, candles) }, 2_000, 501) };
}

/** Bytes on the JavaScript heap, which the collector has to look after; the columns' own memory is outside it. */
function allocation(): Figures {
  const bars = 200_000;
  const [moving, still] = [syntheticCandles(bars), flatCandles(bars)];
  const trades = runOrThrow(LIMITS_OFF, moving).trades.length;
  const quiet = allocatedBytes(() => runOrThrow(LIMITS_OFF, still));
  const busy = allocatedBytes(() => runOrThrow(LIMITS_OFF, moving));
  return { perQuietBar: quiet / bars, perTrade: (busy - quiet) / trades };
}

/** A price that never moves: no cross, no trade. */
function flatCandles(length: number): CandleColumns {
  const candles = emptyCandles(length);
  candles.time.forEach((_, index) => (candles.time[index] = index * 60_000));
  for (const column of [candles.open, candles.high, candles.low, candles.close]) column.fill(100);
  return candles;
}

/** Of a compiled run. Needs `--expose-gc` and a young generation too large to be collected meanwhile. */
function allocatedBytes(work: () => unknown): number {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Start this sample with --expose-gc.');
  for (let round = 0; round < 25; round += 1) work();
  const deltas = Array.from({ length: 7 }, () => {
    collect();
    // A collection throws compiled code away with the shapes it was made for; these runs bring it back.
    for (let round = 0; round < 3; round += 1) work();
    const before = memoryUsage().heapUsed;
    work();
    return memoryUsage().heapUsed - before;
  });
  return median(deltas);
}

const [name = '', file = ''] = process.argv.slice(2);
const take = SAMPLES[name];
if (take === undefined) throw new Error(`There is no sample "${name}".`);
process.stdout.write(JSON.stringify(await take(file)));
