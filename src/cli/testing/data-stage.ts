/** A data folder whose exchange is a simulator in this process, and `piggy data` over it. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../e2e/exchange-simulator/simulator.ts';
import { temporaryFolder } from '../../app/storage/testing/temporary-folder.ts';
import { piggy, startPiggy, type Ended, type Started } from './run-piggy.ts';

/** Half past noon: the bar of the hour is forming. */
const NOW = Date.UTC(2026, 0, 15, 12, 30);

export interface DataStage {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly data: (...args: readonly string[]) => Promise<Ended>;
  readonly start: (...args: readonly string[]) => Started;
  /** Lets the exchange fall silent at the next request for bars but so many. @returns resolves when it has come */
  readonly silentAfter: (requests: number) => Promise<void>;
}

export async function aDataStage(): Promise<DataStage> {
  let delays = 0;
  let reached = (): void => {};
  const simulator = await startSimulator({
    market: { kind: 'still', seed: 7 },
    now: () => NOW,
    wait: () => {
      delays -= 1;
      if (delays > 0) return Promise.resolve();
      reached();
      return new Promise(() => {});
    },
  });
  onTestFinished(simulator.close);
  const folder = join(await temporaryFolder(), 'profile');
  await mkdir(folder);
  const settings = { EXCHANGE_SIMULATOR_URL: simulator.restUrl };
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  const own = (args: readonly string[]): readonly string[] => [
    'data',
    ...args,
    '--data-dir',
    folder,
  ];
  return {
    folder,
    simulator,
    data: (...args) => piggy(own(args)),
    start: (...args) => startPiggy(own(args)),
    silentAfter: (requests) => {
      delays = requests + 1;
      simulator.control.fault({ kind: 'delay', path: '/klines', ms: 1, times: delays });
      return new Promise((resolve) => (reached = resolve));
    },
  };
}
