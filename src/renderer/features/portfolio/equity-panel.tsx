/** What the account was worth over time, in USD. */

import { useMemo, useState } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { TradingStatus } from '../../../contract/trading.ts';
import { valueOf } from '../../app/loadable.ts';
import { useAsked } from '../../app/use-asked.ts';
import { usePalette } from '../../app/use-palette.ts';
import {
  axisLook,
  CHART_MARGIN,
  gridLook,
  timeAxis,
  VALUE_AXIS_WIDTH,
} from '../../ui/chart-style.ts';
import { ChartTooltip } from '../../ui/chart-tooltip.tsx';
import { formatMoney, formatTick } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { valueDomain } from './value-domain.ts';

interface EquityPoint {
  readonly time: number;
  readonly equity: number;
}

/** How often the curve is read again, and as long as it has not begun, ms. */
const FRESH_MS = 60_000;
const BEGINNING_MS = 5_000;

export function EquityPanel({ status }: { status: TradingStatus }) {
  const { mode: account, time, equity } = status;
  const [hasBegun, setBegun] = useState(false);
  const every = hasBegun ? FRESH_MS : BEGINNING_MS;
  const moment = `${account} ${Math.floor(time / every)}`;
  const { answer, reload } = useAsked('trading.equity', { account }, moment);
  const curve = valueOf(answer);
  if (!hasBegun && curve !== null && curve.time.length > 0) setBegun(true);
  const points = useMemo(() => {
    const kept: EquityPoint[] = curve === null ? [] : pointsOf(curve);
    return time > 0 ? [...kept.filter((point) => point.time < time), { time, equity }] : kept;
  }, [curve, time, equity]);
  return (
    <Panel title="Equity" note="USD, everything at its last price">
      {answer.status === 'loading' && <LoadingPanel label="Loading the equity" height={180} />}
      {answer.status === 'failed' && (
        <ErrorPanel
          title="The equity cannot be shown"
          sentence={answer.error.sentence}
          onRetry={reload}
        />
      )}
      {answer.status === 'ready' &&
        (points.length < 2 ? (
          <p className="quiet portfolio-curve portfolio-middle">
            The curve begins here: a point is kept every five minutes while prices come.
          </p>
        ) : (
          <Curve points={points} />
        ))}
    </Panel>
  );
}

function pointsOf({ time, equity }: { time: Float64Array; equity: Float64Array }): EquityPoint[] {
  return Array.from(time, (at, index) => ({ time: at, equity: equity[index] ?? NaN }));
}

function Curve({ points }: { points: EquityPoint[] }) {
  const palette = usePalette();
  const [first, last] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  return (
    <div className="portfolio-curve" role="img" aria-label="Chart of the account's equity">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid {...gridLook(palette)} />
          <XAxis {...axisLook(palette)} {...timeAxis(first, last)} />
          <YAxis
            {...axisLook(palette)}
            axisLine={false}
            width={VALUE_AXIS_WIDTH}
            domain={valueDomain}
            tickFormatter={formatTick}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: palette.quiet, strokeDasharray: '3 3' }}
            content={<EquityTooltip points={points} />}
          />
          <Area
            dataKey="equity"
            stroke={palette.accent}
            strokeWidth={1.8}
            fill={palette.accent}
            fillOpacity={0.1}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

interface EquityTooltipProps {
  readonly points: readonly EquityPoint[];
  /** Set by the chart. */
  readonly active?: boolean;
  readonly label?: number | string;
}

function EquityTooltip({ points, active = false, label }: EquityTooltipProps) {
  const palette = usePalette();
  const point = active ? points.find(({ time }) => time === label) : undefined;
  if (point === undefined) return null;
  const value = `${formatMoney(point.equity)} USD`;
  return (
    <ChartTooltip time={point.time} lines={[{ label: 'Equity', value, colour: palette.accent }]} />
  );
}
