/** All kept runs: open one, tick some to compare, rename, delete. */

import { Button } from '@mantine/core';
import { IconLayoutColumns, IconChartHistogram, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { MOST_COMPARED } from '../view-store.ts';
import { RunsTable } from './runs-table.tsx';

export function RunsView() {
  const { runs } = useServices().backtest;
  const loadable = useStore(runs, (state) => state.runs);
  switch (loadable.status) {
    case 'loading':
      return (
        <Panel title="Runs">
          <LoadingPanel label="Loading the runs" />
        </Panel>
      );
    case 'failed':
      return (
        <Panel title="Runs">
          <ErrorPanel
            title="The runs could not be listed"
            sentence={loadable.error.sentence}
            onRetry={runs.connect}
          />
        </Panel>
      );
    case 'ready':
      return loadable.value.length === 0 ? <NoRuns /> : <RunList runs={loadable.value} />;
  }
}

function NoRuns() {
  const { actions } = useServices();
  return (
    <Panel title="Runs">
      <EmptyState
        icon={<IconChartHistogram size={26} stroke={1.6} />}
        title="No backtests yet"
        action={
          <Button
            size="sm"
            leftSection={<IconPlayerPlayFilled size={14} aria-hidden="true" />}
            onClick={() => void actions.start()}
          >
            Run with these settings
          </Button>
        }
      >
        A backtest shows what a strategy would have done on past candles, fees and slippage
        included. The settings at the left are ready to run; to use candles of your own, drop a CSV
        or JSON file anywhere on this screen.
      </EmptyState>
    </Panel>
  );
}

function RunList({ runs }: { runs: readonly RunInfo[] }) {
  return (
    <Panel
      title="Runs"
      note={formatCounted(runs.length, 'run kept', 'runs kept')}
      actions={<CompareButton />}
      flush
    >
      <RunsTable runs={runs} />
    </Panel>
  );
}

function CompareButton() {
  const { view } = useServices().backtest;
  const count = useStore(view, ({ ticked }) => ticked.length);
  return (
    <>
      {count > 0 && (
        <Button variant="subtle" color="gray" onClick={view.untickAll}>
          Clear
        </Button>
      )}
      <Button
        variant={count >= 2 ? 'filled' : 'default'}
        disabled={count < 2}
        title={`Tick 2 to ${MOST_COMPARED} finished runs to see them side by side.`}
        leftSection={<IconLayoutColumns size={14} aria-hidden="true" />}
        onClick={view.showComparison}
      >
        {count < 2 ? 'Compare' : `Compare ${count} runs`}
      </Button>
    </>
  );
}
