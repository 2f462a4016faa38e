/** Figures of several runs, one column each, the best marked. */

import { Table, UnstyledButton } from '@mantine/core';
import { IconStarFilled } from '@tabler/icons-react';
import type { RunResult } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { formatDateRange, unitsOf } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { Explained } from '../../../ui/explained.tsx';
import { MetricValue } from '../result/metric-value.tsx';
import {
  BUY_AND_HOLD,
  HEADLINE,
  METRIC_GROUPS,
  TOTAL_RETURN,
  type Metric,
} from '../result/metrics.ts';
import { bestOf } from './compare-model.ts';

const METRICS: readonly Metric[] = [
  TOTAL_RETURN,
  BUY_AND_HOLD,
  ...HEADLINE,
  ...METRIC_GROUPS.flatMap(({ metrics }) => metrics),
];

export function CompareTable({ results }: { results: readonly RunResult[] }) {
  return (
    <Panel title="Figures" note="A star marks the best of a line." flush>
      <div className="table-sideways">
        <Table
          className="compare-table"
          aria-label="Figures of the compared runs"
          verticalSpacing={5}
          horizontalSpacing="sm"
          miw={560}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Figure</Table.Th>
              {results.map((result) => (
                <Table.Th key={result.run.id} data-align="end" scope="col">
                  <RunHead result={result} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {METRICS.map((metric) => (
              <MetricRow key={metric.key} metric={metric} results={results} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  );
}

function RunHead({ result }: { result: RunResult }) {
  const { view } = useServices().backtest;
  const { run, summary } = result;
  return (
    <div className="compare-head">
      <UnstyledButton className="run-link" onClick={() => view.showRun(run.id)}>
        {run.name}
      </UnstyledButton>
      <span className="quiet">
        {run.sourceName} · {formatDateRange(summary.firstTime, summary.lastTime)}
      </span>
      {run.synthetic && <SyntheticBadge />}
    </div>
  );
}

function MetricRow({ metric, results }: { metric: Metric; results: readonly RunResult[] }) {
  const best = bestOf(
    metric,
    results.map(({ summary }) => summary),
  );
  return (
    <Table.Tr data-metric={metric.key}>
      <Table.Th scope="row">
        <Explained meaning={metric.meaning}>{metric.label}</Explained>
      </Table.Th>
      {results.map(({ run, summary }, index) => (
        <Table.Td key={run.id} data-align="end" data-best={best[index] === true}>
          {best[index] === true && (
            <>
              <IconStarFilled size={10} className="best-star" aria-hidden="true" />
              <span className="visually-hidden">Best: </span>
            </>
          )}
          <MetricValue metric={metric} summary={summary} quote={unitsOf(run.config.symbol).quote} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
