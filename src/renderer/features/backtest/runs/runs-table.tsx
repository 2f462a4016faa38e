/** The kept runs as rows. */

import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import { useStore } from 'zustand';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCount, formatDateTime, formatPercent } from '../../../ui/format.ts';
import { Signed } from '../../../ui/signed.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { MOST_COMPARED } from '../view-store.ts';
import { RunMenu } from './run-menu.tsx';
import { RunStateCell } from './run-state.tsx';

export function RunsTable({ runs }: { runs: readonly RunInfo[] }) {
  return (
    <Table.ScrollContainer minWidth={640} className="runs-scroll">
      <Table className="runs-table" aria-label="Kept runs" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="runs-tick">
              <span className="visually-hidden">Compare</span>
            </Table.Th>
            <Table.Th>Run</Table.Th>
            <Table.Th>Candles</Table.Th>
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
    </Table.ScrollContainer>
  );
}

function RunRow({ run }: { run: RunInfo }) {
  const { view } = useServices().backtest;
  return (
    <Table.Tr>
      <Table.Td className="runs-tick">
        <RunTick run={run} />
      </Table.Td>
      <Table.Td>
        <UnstyledButton className="run-link" onClick={() => view.showRun(run.id)}>
          {run.name}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <span className="run-source">
          <span className="run-source-name">{run.sourceName}</span>
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
