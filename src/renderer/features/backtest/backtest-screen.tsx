/** The Backtest screen: settings at the left, runs or a result at the right, files accepted anywhere. */

import { useStore } from 'zustand';
import { useServices } from '../../app/services.tsx';
import { CompareView } from './compare/compare-view.tsx';
import { FormPanel } from './form/form-panel.tsx';
import { RunView } from './result/run-view.tsx';
import { RunsView } from './runs/runs-view.tsx';
import { DropArea } from './upload/drop-area.tsx';
import { ImportStatus } from './upload/import-status.tsx';
import type { BacktestView } from './view-store.ts';

export function BacktestScreen() {
  const { view } = useServices().backtest;
  const shown = useStore(view, (state) => state.view);
  return (
    <DropArea>
      <div className="backtest">
        <FormPanel />
        <div className="backtest-side">
          <ImportStatus />
          <div className="backtest-main">{contentOf(shown)}</div>
        </div>
      </div>
    </DropArea>
  );
}

function contentOf(view: BacktestView) {
  switch (view.kind) {
    case 'runs':
      return <RunsView />;
    case 'run':
      return <RunView key={view.runId} runId={view.runId} />;
    case 'compare':
      return <CompareView runIds={view.runIds} />;
  }
}
