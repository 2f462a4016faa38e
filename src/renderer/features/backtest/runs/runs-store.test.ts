import { expect, it } from 'vitest';
import { FakeApp, settled } from '../../../testing/fake-app.ts';
import { sampleRun } from '../../../testing/samples.ts';
import { createRunsStore } from './runs-store.ts';

async function connected() {
  const app = new FakeApp();
  const store = createRunsStore(app.client);
  store.connect();
  await settled();
  return { app, store };
}

it('follows the progress of a run while it is under way, and no longer', async () => {
  const { app, store } = await connected();
  const running = sampleRun({ state: 'running', summary: null });
  await app.sendRuns([running]);
  await app.sendProgress('run-1', { state: 'running', fraction: 0.4, error: null });
  expect(store.getState().progress['run-1']?.fraction).toBe(0.4);

  await app.sendRuns([sampleRun()]);
  expect(store.getState().progress).toEqual({});
  expect(app.progress.size).toBe(0);
});

it('follows each run once, however often the list comes', async () => {
  const { app, store } = await connected();
  const running = sampleRun({ state: 'running', summary: null });
  await app.sendRuns([running]);
  const sink = app.progress.get('run-1');
  await app.sendRuns([running, sampleRun({ id: 'run-2' })]);
  expect(app.progress.get('run-1')).toBe(sink);
  expect(store.getState().runs).toMatchObject({ status: 'ready', value: [{}, {}] });
});

it('shows why the list ended, and asks again', async () => {
  const { app, store } = await connected();
  await app.failRuns();
  expect(store.getState().runs).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });

  store.connect();
  await settled();
  expect(store.getState().runs).toEqual({ status: 'loading' });
  await app.sendRuns([]);
  expect(store.getState().runs).toEqual({ status: 'ready', value: [] });
});
