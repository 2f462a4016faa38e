/** One run: its progress while it runs, its result when it is done, and what to do when it is neither. */

import { Button } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { assertNever } from '../../../../core/domain/assert-never.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { ResultView } from './result-view.tsx';
import { RunHeader } from './run-header.tsx';
import { RunningView } from './running-view.tsx';

export function RunView({ runId }: { runId: string }) {
  const { runs } = useServices().backtest;
  const run = useStore(
    runs,
    (state) => valueOf(state.runs)?.find(({ id }) => id === runId) ?? null,
  );
  if (run === null) {
    return (
      <Panel title="Run">
        <LoadingPanel label="Loading the run" />
      </Panel>
    );
  }
  return (
    <div className="run-view">
      <RunHeader run={run} />
      <RunContent run={run} />
    </div>
  );
}

function RunContent({ run }: { run: RunInfo }) {
  switch (run.state) {
    case 'queued':
    case 'running':
      return <RunningView run={run} />;
    case 'done':
      return <ResultView run={run} />;
    case 'cancelled':
      return <CancelledView run={run} />;
    case 'failed':
      return <FailedView run={run} />;
    default:
      return assertNever(run.state);
  }
}

function FailedView({ run }: { run: RunInfo }) {
  const reuse = useReuse(run);
  return (
    <Panel title="Failed">
      <ErrorPanel
        title="The run failed"
        sentence={run.error?.sentence ?? 'The app gave no reason. Run it again.'}
        retryLabel="Use these settings again"
        onRetry={reuse}
      />
    </Panel>
  );
}

function CancelledView({ run }: { run: RunInfo }) {
  const reuse = useReuse(run);
  return (
    <Panel title="Cancelled">
      <EmptyState
        icon={<IconBan size={26} stroke={1.6} />}
        title="This run was cancelled"
        action={
          <Button variant="default" size="sm" onClick={reuse}>
            Use these settings again
          </Button>
        }
      >
        It has no result. Its settings are kept: take them over, change what you like, and run
        again.
      </EmptyState>
    </Panel>
  );
}

function useReuse(run: RunInfo): () => void {
  const { actions } = useServices();
  return () => actions.reuse(run);
}
