/** All figures of one moment of the equity chart, the drawdown's included. */

import { usePalette } from '../../../app/use-palette.ts';
import { ChartTooltip } from '../../../ui/chart-tooltip.tsx';
import { formatMoney, formatPercent } from '../../../ui/format.ts';
import type { EquityRow } from './equity-rows.ts';

interface EquityTooltipProps {
  readonly rows: readonly EquityRow[];
  readonly quote: string;
  /** Set by the chart: whether the cursor is in it, and at which time. */
  readonly active?: boolean;
  readonly label?: number | string;
}

export function EquityTooltip({ rows, quote, active = false, label }: EquityTooltipProps) {
  const palette = usePalette();
  const row = active ? rows.find(({ time }) => time === label) : undefined;
  if (row === undefined) return null;
  const money = (value: number) => `${formatMoney(value)} ${quote}`;
  return (
    <ChartTooltip
      time={row.time}
      lines={[
        { label: 'Strategy', value: money(row.equity), colour: palette.accent },
        { label: 'Buy and hold', value: money(row.hold), colour: palette.reference },
        { label: 'Drawdown', value: formatPercent(row.drawdown), colour: palette.down },
      ]}
    />
  );
}
