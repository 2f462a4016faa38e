import { expect, it } from 'vitest';
import { createViewStore } from './view-store.ts';

it('compares two to four ticked runs', () => {
  const store = createViewStore();
  store.toggle('a');
  store.showComparison();
  expect(store.getState().view).toEqual({ kind: 'runs' });

  for (const runId of ['b', 'c', 'd', 'e']) store.toggle(runId);
  expect(store.getState().ticked).toEqual(['a', 'b', 'c', 'd']);
  store.toggle('b');
  store.showComparison();
  expect(store.getState().view).toEqual({ kind: 'compare', runIds: ['a', 'c', 'd'] });
});

it('leaves a run that was deleted, here or elsewhere', () => {
  const store = createViewStore();
  store.toggle('a');
  store.toggle('b');
  store.showRun('a');
  store.keepOnly(['a', 'b']);
  expect(store.getState().view).toEqual({ kind: 'run', runId: 'a' });
  store.keepOnly(['b']);
  expect(store.getState()).toEqual({ view: { kind: 'runs' }, ticked: ['b'] });
});

it('leaves a comparison when one of its runs is deleted', () => {
  const store = createViewStore();
  store.toggle('a');
  store.toggle('b');
  store.showComparison();
  store.keepOnly(['a']);
  expect(store.getState()).toEqual({ view: { kind: 'runs' }, ticked: ['a'] });
});
