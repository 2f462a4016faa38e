/** Every run's figure at one moment. */

import type { RunResult } from '../../../../contract/backtest.ts';
import { usePalette } from '../../../app/use-palette.ts';
import { ChartTooltip } from '../../../ui/chart-tooltip.tsx';
import { formatPercent } from '../../../ui/format.ts';
import type { CompareRow } from './compare-model.ts';

interface CompareTooltipProps {
  readonly rows: readonly CompareRow[];
  readonly results: readonly RunResult[];
  /** Set by the chart: whether the cursor is in it, and at which time. */
  readonly active?: boolean;
  readonly label?: number | string;
}

export function CompareTooltip({ rows, results, active = false, label }: CompareTooltipProps) {
  const palette = usePalette();
  const row = active ? rows.find(({ time }) => time === label) : undefined;
  if (row === undefined) return null;
  const lines = results.map(({ run }, index) => ({
    id: run.id,
    label: run.name,
    value: formatPercent((row.percents[index] ?? Number.NaN) / 100),
    colour: palette.runs[index] ?? palette.accent,
  }));
  return <ChartTooltip time={row.time} lines={lines} />;
}
