/** A run under way: how far it is, and Cancel. */

import { Button, Progress } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { notifyFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panel.tsx';

export function RunningView({ run }: { run: RunInfo }) {
  const { backtest, actions } = useServices();
  const progress = useStore(backtest.runs, (state) => state.progress[run.id] ?? null);
  const [cancelling, setCancelling] = useState(false);
  const percent = Math.floor((progress?.fraction ?? 0) * 100);
  const waiting = (progress?.state ?? run.state) === 'queued';
  const cancel = async () => {
    setCancelling(true);
    const refusal = await actions.cancel(run.id);
    if (refusal === null) return;
    setCancelling(false);
    notifyFailed('The run was not cancelled', refusal);
  };
  return (
    <Panel title={waiting ? 'Waiting for its turn' : 'Running'}>
      <div className="running">
        <Progress value={percent} size="md" aria-label="Progress of the run" />
        <div className="running-line">
          <span className="figure" role="status">
            {percent}&nbsp;%
          </span>
          <Button
            variant="default"
            loading={cancelling}
            leftSection={<IconPlayerStopFilled size={12} aria-hidden="true" />}
            onClick={() => void cancel()}
          >
            Cancel run
          </Button>
        </div>
        <p className="quiet">
          It runs in the background: change settings, look at other runs, or start another one
          meanwhile.
        </p>
      </div>
    </Panel>
  );
}
