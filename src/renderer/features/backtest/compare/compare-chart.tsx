/** The equity of each run in percent of its start, in one chart. */

import { useMemo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { RunResult } from '../../../../contract/backtest.ts';
import { RUN_DASHES } from '../../../app/palette.ts';
import { usePalette } from '../../../app/use-palette.ts';
import {
  axisLook,
  CHART_MARGIN,
  gridLook,
  timeAxis,
  VALUE_AXIS_WIDTH,
} from '../../../ui/chart-style.ts';
import { formatCount } from '../../../ui/format.ts';
import { LegendEntry } from '../../../ui/legend-entry.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { compareRows, type CompareRow } from './compare-model.ts';
import { CompareTooltip } from './compare-tooltip.tsx';

const BUCKETS = 250;

export function CompareChart({ results }: { results: readonly RunResult[] }) {
  const palette = usePalette();
  const rows = useMemo(() => rowsOf(results), [results]);
  const look = axisLook(palette);
  const styles = results.map((_, index) => ({
    colour: palette.runs[index] ?? palette.accent,
    dash: RUN_DASHES[index] ?? '',
  }));
  return (
    <Panel
      title="Equity"
      note="in percent of the start, times in UTC"
      actions={results.some(({ run }) => run.synthetic) ? <SyntheticBadge /> : undefined}
    >
      <div className="chart-legend">
        {results.map(({ run }, index) => (
          <LegendEntry
            key={run.id}
            colour={styles[index]?.colour ?? ''}
            dash={styles[index]?.dash ?? ''}
          >
            {run.name}
          </LegendEntry>
        ))}
      </div>
      <div className="chart-compare" role="group" aria-label="Chart of the equity of all runs">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={[...rows]} margin={CHART_MARGIN}>
            <CartesianGrid {...gridLook(palette)} />
            <XAxis {...look} {...timeAxis(rows[0]?.time ?? 0, rows.at(-1)?.time ?? 0)} />
            <YAxis
              {...look}
              axisLine={false}
              width={VALUE_AXIS_WIDTH}
              domain={['auto', 'auto']}
              tickFormatter={(value: number) => `${formatCount(value)} %`}
            />
            <ReferenceLine y={100} stroke={palette.quiet} strokeDasharray="2 4" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: palette.quiet, strokeDasharray: '3 3' }}
              content={<CompareTooltip rows={rows} results={results} />}
            />
            {results.map(({ run }, index) => (
              <Line
                key={run.id}
                name={run.name}
                dataKey={(row: CompareRow) => row.percents[index] ?? null}
                stroke={styles[index]?.colour ?? ''}
                strokeDasharray={styles[index]?.dash ?? ''}
                strokeWidth={1.8}
                dot={false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </Panel>
  );
}

function rowsOf(results: readonly RunResult[]): readonly CompareRow[] {
  return compareRows(
    results.map(({ equity, summary }) => ({ equity, startingBalance: summary.startingBalance })),
    BUCKETS,
  );
}
