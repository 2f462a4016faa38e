/** How a run without a result stands: waiting, running, cancelled, failed. */

import { Progress } from '@mantine/core';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { assertNever } from '../../../../core/domain/assert-never.ts';
import { useServices } from '../../../app/services.tsx';

export function RunStateCell({ run }: { run: RunInfo }) {
  switch (run.state) {
    case 'queued':
      return <span className="quiet">Waiting for its turn</span>;
    case 'running':
      return <RunningCell runId={run.id} />;
    case 'cancelled':
      return <span className="quiet">Cancelled</span>;
    case 'failed':
      return <span className="run-failed">Failed</span>;
    case 'done':
      return <span className="quiet">Done</span>;
    default:
      return assertNever(run.state);
  }
}

function RunningCell({ runId }: { runId: string }) {
  const { runs } = useServices().backtest;
  const fraction = useStore(runs, ({ progress }) => progress[runId]?.fraction ?? 0);
  const percent = Math.floor(fraction * 100);
  return (
    <span className="run-running">
      <Progress value={percent} size="sm" aria-label="Progress" />
      <span className="figure">{percent}&nbsp;%</span>
    </span>
  );
}
