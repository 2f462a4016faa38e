/** The whole app with a simulator for an exchange: candles are downloaded from the window, and a backtest runs on them. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../../e2e/exchange-simulator/simulator.ts';
import type { CandleSource } from '../../contract/candles.ts';
import { CONFIG } from '../backtest/testing/service-fixture.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { anApp, type AppFixture } from '../testing/app-fixture.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 30);
const SERIES = { exchange: 'binanceus', symbol: 'ETH/USDT', timeframe: '1h' } as const;
const ID = 'binanceus:ETH/USDT:1h';

interface Listener {
  readonly onEvent: (event: {
    readonly state: string;
    readonly error: { readonly sentence: string } | null;
  }) => void;
  readonly onEnd: () => void;
}

/** Resolves when what is listened to is done. */
function done(listen: (listener: Listener) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    listen({
      onEvent: ({ state, error }) => {
        if (state === 'done') resolve();
        if (state === 'failed') reject(new Error(error?.sentence));
      },
      onEnd: () => {},
    });
  });
}

function sources({ client }: AppFixture): Promise<readonly CandleSource[]> {
  return new Promise((resolve) => {
    const stop = client.subscribe('candles.sources', {}, { onEvent: resolve, onEnd: () => {} });
    onTestFinished(stop);
  });
}

it('downloads from the window, and backtests what it has', async () => {
  const simulator = await startSimulator({ market: { kind: 'still', seed: 7 }, now: () => NOW });
  onTestFinished(simulator.close);
  const folder = await temporaryFolder();
  const settings = { EXCHANGE_SIMULATOR_URL: simulator.restUrl };
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  const app = await anApp(folder);

  const from = Date.UTC(2025, 11, 1);
  const started = await app.client.call('downloads.start', { ...SERIES, from, to: null });
  if (!started.ok) throw new Error(started.error.sentence);
  await done((listener) => app.client.subscribe('downloads.watch', started.value, listener));
  const found = (await sources(app)).find(({ id }) => id === ID);
  // A simulator's, and said to be so wherever it shows.
  expect(found).toMatchObject({ kind: 'series', synthetic: true, bars: 45 * 24 + 12 });

  const config = { ...CONFIG, symbol: SERIES.symbol, timeframe: SERIES.timeframe };
  const run = await app.client.call('backtest.start', { name: 'Mine', sourceId: ID, config });
  if (!run.ok) throw new Error(run.error.sentence);
  await done((listener) => app.client.subscribe('backtest.progress', run.value, listener));
  const result = await app.client.call('backtest.result', run.value);
  expect(result).toMatchObject({ ok: true, value: { summary: { bars: 45 * 24 + 12 } } });
  expect(app.faults).toEqual([]);
}, 30_000);
