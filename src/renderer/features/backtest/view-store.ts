/** What the right side of the Backtest screen shows, and which runs are ticked for comparing. */

import { createStore, type StoreApi } from 'zustand/vanilla';

export type BacktestView =
  | { readonly kind: 'runs' }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'compare'; readonly runIds: readonly string[] };

export interface ViewState {
  readonly view: BacktestView;
  readonly ticked: readonly string[];
}

export interface ViewStore extends StoreApi<ViewState> {
  showRuns(): void;
  showRun(runId: string): void;
  /** Puts the ticked runs side by side; nothing happens with fewer than two. */
  showComparison(): void;
  /** Ticks or unticks; a fifth is not ticked. */
  toggle(runId: string): void;
  untickAll(): void;
  /** Leaves runs that are gone. */
  keepOnly(runIds: readonly string[]): void;
}

export const MOST_COMPARED = 4;

export function createViewStore(): ViewStore {
  const store = createStore<ViewState>(() => ({ view: { kind: 'runs' }, ticked: [] }));
  const show = (view: BacktestView) => store.setState({ view });
  return {
    ...store,
    showRuns: () => show({ kind: 'runs' }),
    showRun: (runId) => show({ kind: 'run', runId }),
    showComparison() {
      const { ticked } = store.getState();
      if (ticked.length >= 2) show({ kind: 'compare', runIds: ticked });
    },
    toggle: (runId) => store.setState(({ ticked }) => ({ ticked: toggled(ticked, runId) })),
    untickAll: () => store.setState({ ticked: [] }),
    keepOnly: (runIds) => store.setState((state) => withoutGone(state, new Set(runIds))),
  };
}

function toggled(ticked: readonly string[], runId: string): readonly string[] {
  if (ticked.includes(runId)) return ticked.filter((other) => other !== runId);
  return ticked.length < MOST_COMPARED ? [...ticked, runId] : ticked;
}

function withoutGone({ view, ticked }: ViewState, kept: ReadonlySet<string>): ViewState {
  return { view: stillThere(view, kept), ticked: ticked.filter((runId) => kept.has(runId)) };
}

function stillThere(view: BacktestView, kept: ReadonlySet<string>): BacktestView {
  switch (view.kind) {
    case 'runs':
      return view;
    case 'run':
      return kept.has(view.runId) ? view : { kind: 'runs' };
    case 'compare':
      return view.runIds.every((runId) => kept.has(runId)) ? view : { kind: 'runs' };
  }
}
