/** How far the account is below its last high, hanging from the top. */

import {
  Area,
  AreaChart,
  CartesianGrid,
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
import { EQUITY_SYNC } from './equity-chart.tsx';
import type { EquityRow } from './equity-rows.ts';

export function DrawdownChart({ rows }: { rows: EquityRow[] }) {
  const palette = usePalette();
  const look = axisLook(palette);
  return (
    <div className="chart-drawdown" role="group" aria-label="Chart of drawdown">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={rows} margin={CHART_MARGIN} syncId={EQUITY_SYNC}>
          <CartesianGrid {...gridLook(palette)} />
          <XAxis {...look} {...timeAxis(rows[0]?.time ?? 0, rows.at(-1)?.time ?? 0)} height={22} />
          <YAxis
            {...look}
            axisLine={false}
            width={VALUE_AXIS_WIDTH}
            domain={['auto', 0]}
            tickCount={3}
            tickFormatter={(value: number) => `${formatTick(value * 100)} %`}
          />
          {/* The chart above speaks; this one only shows the shared cursor. */}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: palette.quiet, strokeDasharray: '3 3' }}
            content={() => null}
          />
          <Area
            dataKey="drawdown"
            stroke={palette.down}
            strokeWidth={1.2}
            fill={palette.downSoft}
            activeDot={false}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
