/** The whole way a person takes: a CSV of a year of minutes through the command line into a JSON file. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode, type Finished } from './child.ts';
import { SETUP } from './engine-run.ts';
import { YEAR_OF_MINUTES } from './synthetic-candles.ts';

const PIGGY = fileURLToPath(new URL('../../src/cli/piggy.ts', import.meta.url));
const WRITE_CSV = fileURLToPath(new URL('./write-csv.ts', import.meta.url));

/** Calls `use` with the path of a CSV that is deleted afterwards. */
export async function withCsv<T>(use: (csv: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'piggy-bench-'));
  try {
    const csv = join(folder, 'BTC-USDT-1m.csv');
    await runNode([WRITE_CSV, csv, String(YEAR_OF_MINUTES)]);
    return await use(csv);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function measureCommand(csv: string): Promise<Finished> {
  return runNode([PIGGY, 'backtest', ...argumentsFor(csv, `${csv}.json`)]);
}

function argumentsFor(csv: string, json: string): string[] {
  const options = {
    candles: csv,
    symbol: 'BTC/USDT',
    timeframe: '1m',
    strategy: 'sma-cross',
    cash: SETUP.cash,
    fee: SETUP.takerFee,
    'slippage-bps': 0,
    sizing: 'all-in',
    limits: 'off',
    json,
  };
  const params = ['--param', `fast=${SETUP.fast}`, '--param', `slow=${SETUP.slow}`];
  return [
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...params,
  ];
}
