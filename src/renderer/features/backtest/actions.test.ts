import { beforeEach, expect, it } from 'vitest';
import { contractFailure } from '../../../contract/errors.ts';
import { FakeApp, settled } from '../../testing/fake-app.ts';
import { SAMPLE_CONFIG, sampleRun, sampleSource } from '../../testing/samples.ts';
import { createBacktestActions, type BacktestActions } from './actions.ts';
import { createBacktestStores, type BacktestStores } from './stores.ts';

let app: FakeApp;
let stores: BacktestStores;
let actions: BacktestActions;

beforeEach(async () => {
  app = new FakeApp();
  stores = createBacktestStores(app.client);
  actions = createBacktestActions(app.client, stores);
  await settled();
  await app.sendSources([sampleSource()]);
});

it('runs the sample with the defaults as soon as the window is open, and shows the run', async () => {
  await actions.start();
  expect(app.started).toEqual([
    { name: 'Moving-average cross 10/30, BTC/USDT 1d', sourceId: 'sample', config: SAMPLE_CONFIG },
  ]);
  expect(stores.view.getState().view).toEqual({ kind: 'run', runId: 'run-1' });
});

it('starts nothing while a field is wrong, and shows the errors from then on', async () => {
  stores.form.changeParam('fast', 0);
  expect(stores.form.getState().attempted).toBe(false);
  await actions.start();
  expect(app.started).toEqual([]);
  expect(stores.form.getState().attempted).toBe(true);
});

it("shows the app's sentence when it refuses, until something is changed", async () => {
  app.startAnswer = contractFailure('BACKTEST_CONFIG_INVALID', 'fast must be less than slow.');
  await actions.start();
  expect(stores.form.getState()).toMatchObject({
    refusal: 'fast must be less than slow.',
    starting: false,
  });
  expect(stores.view.getState().view).toEqual({ kind: 'runs' });

  stores.form.changeParam('fast', 5);
  expect(stores.form.getState().refusal).toBeNull();
});

it('starts once, however often the button is pressed', async () => {
  await Promise.all([actions.start(), actions.start()]);
  expect(app.started).toHaveLength(1);
});

it('chooses an imported file, and asks for its pair where the file does not say', async () => {
  const file = sampleSource({ id: 'file', kind: 'file', symbol: null, synthetic: false });
  app.finishAnswer = { ok: true, value: file };
  await actions.importFile(new File(['x'], 'candles.csv'));
  await app.sendSources([sampleSource(), file]);
  expect(stores.form.getState().values).toMatchObject({ sourceId: 'file', symbol: '' });
});

it('goes back to the first source when the chosen one is removed', async () => {
  const file = sampleSource({ id: 'file', kind: 'file', symbol: 'ETH/USDT' });
  await app.sendSources([sampleSource(), file]);
  stores.form.chooseSource(file);
  await app.sendSources([sampleSource()]);
  expect(stores.form.getState().values).toMatchObject({ sourceId: 'sample', symbol: 'BTC/USDT' });
});

it("takes over a kept run's settings, so that running again asks the same", async () => {
  const config = {
    ...SAMPLE_CONFIG,
    params: { fast: 7, slow: 21 },
    costs: { ...SAMPLE_CONFIG.costs, takerFee: 0.0007, makerFee: 0.0007 },
    sizing: { kind: 'risk', fraction: 0.0125 },
    limits: 'on',
  } as const;
  actions.reuse(sampleRun({ config }));
  await actions.start();
  expect(app.started[0]?.config).toEqual(config);
});

it('says what the app refused', async () => {
  app.renameAnswer = contractFailure('RUN_NOT_FOUND', 'This run is gone.');
  expect(await actions.rename('run-1', 'New name')).toBe('This run is gone.');
  expect(await actions.remove('run-1')).toBeNull();
  expect(await actions.cancel('run-1')).toBeNull();
});
