/** The kept runs as rows. */

import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCount, formatDateTime, formatPercent } from '../../../ui/format.ts';
import { Signed } from '../../../ui/signed.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import type { StrategiesState } from '../sources-store.ts';
import { MOST_COMPARED } from '../view-store.ts';
import { RunMenu } from './run-menu.tsx';
import { RunStateCell } from './run-state.tsx';

export function RunsTable({ runs }: { runs: readonly RunInfo[] }) {
  return (
    <div className="table-sideways">
      <Table
        className="runs-table"
        aria-label="Kept runs"
        verticalSpacing={6}
        horizontalSpacing="sm"
        miw={680}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="runs-tick">
              <span className="visually-hidden">Compare</span>
            </Table.Th>
            <Table.Th>Run</Table.Th>
            <Table.Th data-align="end">Return</Table.Th>
            <Table.Th data-align="end">Max drawdown</Table.Th>
            <Table.Th data-align="end">Trades</Table.Th>
            <Table.Th>Started (UTC)</Table.Th>
            <Table.Th>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RunRow({ run }: { run: RunInfo }) {
  const { view, strategies } = useServices().backtest;
  const strategyTitle = useStore(strategies, (state) => titleOf(state, run.config.strategy));
  return (
    <Table.Tr>
      <Table.Td className="runs-tick">
        <RunTick run={run} />
      </Table.Td>
      <Table.Td>
        <UnstyledButton className="run-link" onClick={() => view.showRun(run.id)}>
          {run.name}
        </UnstyledButton>
        <span className="run-source quiet">
          {strategyTitle} · {run.sourceName}
          {run.synthetic && <SyntheticBadge />}
        </span>
      </Table.Td>
      {run.summary === null ? (
        <Table.Td colSpan={3} data-align="end">
          <RunStateCell run={run} />
        </Table.Td>
      ) : (
        <>
          <Table.Td data-align="end">
            <Signed value={run.summary.totalReturn} format={formatPercent} />
          </Table.Td>
          <Table.Td data-align="end" className="figure">
            {formatPercent(run.summary.maxDrawdown)}
          </Table.Td>
          <Table.Td data-align="end" className="figure">
            {formatCount(run.summary.tradeCount)}
          </Table.Td>
        </>
      )}
      <Table.Td className="figure quiet">{formatDateTime(run.createdAt)}</Table.Td>
      <Table.Td className="runs-menu">
        <RunMenu run={run} />
      </Table.Td>
    </Table.Tr>
  );
}

function titleOf({ strategies }: StrategiesState, name: string): string {
  return valueOf(strategies)?.find((strategy) => strategy.name === name)?.title ?? name;
}

function RunTick({ run }: { run: RunInfo }) {
  const { view } = useServices().backtest;
  const ticked = useStore(view, (state) => state.ticked.includes(run.id));
  const full = useStore(view, (state) => state.ticked.length >= MOST_COMPARED);
  return (
    <Checkbox
      size="xs"
      aria-label={`Compare ${run.name}`}
      checked={ticked}
      disabled={run.state !== 'done' || (full && !ticked)}
      onChange={() => view.toggle(run.id)}
    />
  );
}
