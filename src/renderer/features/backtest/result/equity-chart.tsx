/** Equity and buy & hold. Its tooltip speaks for the drawdown chart below, too. */

import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { usePalette } from '../../../app/use-palette.ts';
import {
  axisLook,
  CHART_MARGIN,
  gridLook,
  timeAxis,
  VALUE_AXIS_WIDTH,
} from '../../../ui/chart-style.ts';
import { formatTick } from '../../../ui/format.ts';
import type { EquityRow } from './equity-rows.ts';
import { EquityTooltip } from './equity-tooltip.tsx';

/** Charts with the same id share their cursor. */
export const EQUITY_SYNC = 'equity';

export function EquityChart({ rows, quote }: { rows: EquityRow[]; quote: string }) {
  const palette = usePalette();
  const look = axisLook(palette);
  return (
    <div className="chart-equity" role="group" aria-label="Chart of equity and buy and hold">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={rows} margin={CHART_MARGIN} syncId={EQUITY_SYNC}>
          <CartesianGrid {...gridLook(palette)} />
          <XAxis {...timeAxis(rows[0]?.time ?? 0, rows.at(-1)?.time ?? 0)} hide />
          <YAxis
            {...look}
            axisLine={false}
            width={VALUE_AXIS_WIDTH}
            domain={['auto', 'auto']}
            tickFormatter={formatTick}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: palette.quiet, strokeDasharray: '3 3' }}
            content={<EquityTooltip rows={rows} quote={quote} />}
          />
          <Line
            dataKey="hold"
            stroke={palette.reference}
            strokeWidth={1.2}
            strokeDasharray="4 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="equity"
            stroke={palette.accent}
            strokeWidth={1.8}
            dot={false}
            activeDot={{ r: 3 }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
