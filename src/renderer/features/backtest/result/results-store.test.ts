import { expect, it } from 'vitest';
import { contractFailure } from '../../../../contract/errors.ts';
import { FakeApp } from '../../../testing/fake-app.ts';
import { createResultsStore } from './results-store.ts';

it('asks for a result once, and keeps it', async () => {
  const app = new FakeApp();
  const store = createResultsStore(app.client);
  await Promise.all([store.loadResult('run-1'), store.loadResult('run-1')]);
  await store.loadResult('run-1');
  expect(app.calls).toEqual(['result run-1']);
  expect(store.getState().results.get('run-1')).toMatchObject({ status: 'ready' });
});

it('forgets the oldest when there are too many', async () => {
  const app = new FakeApp();
  const store = createResultsStore(app.client);
  for (let run = 1; run <= 7; run += 1) await store.loadResult(`run-${run}`);
  expect([...store.getState().results.keys()]).toEqual([
    'run-2',
    'run-3',
    'run-4',
    'run-5',
    'run-6',
    'run-7',
  ]);
});

it('shows a refusal, and asks again when told to', async () => {
  const app = new FakeApp();
  app.resultAnswer = contractFailure('RUN_NOT_FOUND', 'This run is gone.');
  const store = createResultsStore(app.client);
  await store.loadResult('run-1');
  expect(store.getState().results.get('run-1')).toEqual({
    status: 'failed',
    error: { code: 'RUN_NOT_FOUND', sentence: 'This run is gone.' },
  });
  await store.retryResult('run-1');
  expect(app.calls).toHaveLength(2);
});

it('keeps the charts of two sources', async () => {
  const app = new FakeApp();
  const one = Float64Array.of(1);
  app.chartAnswer = {
    ok: true,
    value: { time: one, open: one, high: one, low: one, close: one, volume: one },
  };
  const store = createResultsStore(app.client);
  await store.loadChart('a');
  await store.loadChart('b');
  await store.loadChart('a');
  await store.loadChart('c');
  expect([...store.getState().charts.keys()]).toEqual(['b', 'c']);
});
