/** Which run this is: name, candles, and whether they are synthetic. */

import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { formatDateRange, formatDateTime } from '../../../ui/format.ts';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { RunMenu } from '../runs/run-menu.tsx';

export function RunHeader({ run }: { run: RunInfo }) {
  const { config, summary, sourceName } = run;
  const range = summary === null ? null : formatDateRange(summary.firstTime, summary.lastTime);
  const facts = [sourceName, `${config.symbol} ${config.timeframe}`, range].filter(
    (fact) => fact !== null,
  );
  return (
    <header className="view-head">
      <BackButton />
      <div className="view-title">
        <div className="view-title-line">
          <h2>{run.name}</h2>
          {run.synthetic && <SyntheticBadge />}
        </div>
        <p className="quiet" title={`Started ${formatDateTime(run.createdAt)} UTC`}>
          {facts.join(' · ')}
        </p>
      </div>
      <RunMenu run={run} />
    </header>
  );
}

export function BackButton() {
  const { view } = useServices().backtest;
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
      onClick={view.showRuns}
    >
      All runs
    </Button>
  );
}
