/** Everything that decided the result, and a button that takes it over into the form. */

import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { configLines } from './config-lines.ts';

export function ConfigUsed({ run }: { run: RunInfo }) {
  const { actions, backtest } = useServices();
  const strategy = useStore(
    backtest.strategies,
    (state) => valueOf(state.strategies)?.find(({ name }) => name === run.config.strategy) ?? null,
  );
  return (
    <Panel
      title="Settings used"
      actions={
        <Button
          variant="default"
          leftSection={<IconRestore size={14} aria-hidden="true" />}
          onClick={() => actions.reuse(run)}
        >
          Use these settings
        </Button>
      }
    >
      <dl className="config-lines">
        {configLines(run, strategy).map(({ label, value }) => (
          <div key={label} className="metric-line">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
