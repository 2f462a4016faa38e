/**
 * Measures backtests and prints what came out, beside the goals and a plain loop doing the same work.
 * It asserts no times: machines differ. The ratios travel; the times are this machine's, at this moment.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from './bench/child.ts';
import { measureCommand, withCsv } from './bench/command-line.ts';
import { median } from './bench/measure.ts';
import { YEAR_OF_MINUTES } from './bench/synthetic-candles.ts';
import { row, section } from './bench/table.ts';

/** Processes started for each figure of a first run. */
const FIRST_RUNS = 7;
const COMMANDS = 3;

/** So that nothing is collected while bytes are counted. */
const COUNTING = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];

/** What can be measured alone: `npm run bench -- stops`. */
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  year: printYear,
  limits: printLimits,
  short: printShort,
  allocation: printAllocation,
  indicators: printIndicators,
  command: () => withCsv(printCommand),
  live: printLive,
  stops: printStops,
};

await main(process.argv.slice(2));

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Error(`There is no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}.`);
  }
  const processors = cpus();
  section(`Node ${process.version}, ${processors.length} × ${processors[0]?.model ?? 'processor'}`);
  for (const [name, print] of Object.entries(PARTS)) {
    if (asked.length === 0 || asked.includes(name)) await print();
  }
}

async function printStops(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cryptopiggy-bench-'));
  try {
    const took = await sample('stops', { file: folder });
    section('Live: from the fill at the exchange to the stop resting there, ccxt and loopback');
    for (const [kind, name] of [
      ['market', `at the market, ${took['atMarket']} entries`],
      ['resting', `a limit that fills later, ${took['resting']} entries`],
    ] as const) {
      row(`${name}, half`, ms(took[`${kind}P50`] ?? NaN));
      row(`${name}, 99 of 100`, ms(took[`${kind}P99`] ?? NaN), 'goal: 250 ms');
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function printLive(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cryptopiggy-bench-'));
  try {
    const memory = await sample('latency');
    const disk = await sample('latency', { file: join(folder, 'latency.sqlite') });
    section(
      `Live: a closed bar in, the order handed to the exchange, ${disk['decisions']} decisions`,
    );
    row('without the journal on disk, half', ms(memory['p50'] ?? NaN));
    row('without the journal on disk, 99 of 100', ms(memory['p99'] ?? NaN), 'goal: 1 ms');
    row('journal on disk first, half', ms(disk['p50'] ?? NaN));
    row('journal on disk first, 99 of 100', ms(disk['p99'] ?? NaN), 'goal: 5 ms');
    const heap = await sample('memory', {
      file: join(folder, 'memory.sqlite'),
      flags: ['--expose-gc'],
    });
    section('Live: a million events of four symbols, journal on disk');
    row('heap after 100,000 events', `${(heap['early'] ?? NaN).toFixed(1)} MB`);
    row('heap after 1,000,000 events', `${(heap['late'] ?? NaN).toFixed(1)} MB`, 'goal: the same');
    row('an event', `${(heap['perEvent'] ?? NaN).toFixed(1)} µs`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function printYear(): Promise<void> {
  const [engineFirst = NaN, plainFirst = NaN] = await firstRuns('first-engine', 'first-plain');
  const { engine = NaN, plain = NaN, trades = NaN } = await sample('warm');
  section(`${YEAR_OF_MINUTES} one-minute bars, sma-cross 10/30, ${trades} trades, whole report`);
  row(
    'warm, engine / plain loop',
    times(engine / plain),
    'same trades, same equity: compared first',
  );
  row('first run, engine / plain loop', times(engineFirst / plainFirst));
  row('warm, engine', speed(engine), `goal: 10 M bars/s; ${ms(engine)}`);
  row('first run of a process, engine', speed(engineFirst), `goal: 3 M bars/s; ${ms(engineFirst)}`);
  row('warm, plain loop', speed(plain), ms(plain));
  row('first run of a process, plain loop', speed(plainFirst), ms(plainFirst));
}

async function printLimits(): Promise<void> {
  const [first = NaN] = await firstRuns('first-limits');
  const { engine = NaN, denials = NaN } = await sample('warm-limits');
  section(`The same with every hard limit on: ${denials} denials`);
  row('warm', speed(engine), ms(engine));
  row('first run of a process', speed(first), ms(first));
}

async function printShort(): Promise<void> {
  const { first = NaN, warm = NaN } = await sample('short');
  section('500 bars, whole report');
  row('warm', ms(warm), 'goal: 5 ms');
  row('first run of a process', ms(first));
}

async function printAllocation(): Promise<void> {
  const { perQuietBar = NaN, perTrade = NaN } = await sample('allocation', { flags: COUNTING });
  section('Bytes allocated for the collector by a compiled run');
  row(
    'per bar of a run without trades',
    perQuietBar.toFixed(2),
    'goal: nothing; under 1 is the report itself',
  );
  row('per trade', perTrade.toFixed(0), 'two orders, two fills, their decisions, the trade');
}

async function printIndicators(): Promise<void> {
  section('Indicators, a column at a time');
  for (const [name, took] of Object.entries(await sample('indicators'))) {
    row(name, `${took.toFixed(1)} ns/bar`);
  }
}

async function printCommand(csv: string): Promise<void> {
  const { first = NaN, warm = NaN } = await sample('parser', { file: csv });
  const runs = [];
  for (let run = 0; run < COMMANDS; run += 1) runs.push(await measureCommand(csv));
  section(`Command line, a CSV of ${YEAR_OF_MINUTES} rows to a JSON file`);
  row(
    'peak memory of the process',
    `${median(runs.map((run) => run.peakMegabytes)).toFixed(0)} MB`,
    'goal: 200 MB',
  );
  row('start to end', ms(median(runs.map((run) => run.milliseconds))));
  row('parser, first file of a process', rows(first), ms(first));
  row('parser, warm', rows(warm), ms(warm));
}

/** Median milliseconds of samples taken in turns, each in a new process. */
async function firstRuns(...names: readonly string[]): Promise<number[]> {
  const figures = names.map((): number[] => []);
  for (let run = 0; run < FIRST_RUNS; run += 1) {
    for (const [place, name] of names.entries()) {
      figures[place]?.push((await sample(name))['run'] ?? NaN);
    }
  }
  return figures.map(median);
}

function speed(milliseconds: number): string {
  return `${(YEAR_OF_MINUTES / milliseconds / 1_000).toFixed(1)} M bars/s`;
}

function rows(milliseconds: number): string {
  return `${(YEAR_OF_MINUTES / milliseconds / 1_000).toFixed(1)} M rows/s`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)} times`;
}
