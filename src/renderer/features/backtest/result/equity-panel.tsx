/** The account over time with buy & hold behind it, and the drawdown below on the same time axis. */

import { useMemo } from 'react';
import type { RunResult } from '../../../../contract/backtest.ts';
import { usePalette } from '../../../app/use-palette.ts';
import { unitsOf } from '../../../ui/format.ts';
import { LaterFrame } from '../../../ui/later-frame.tsx';
import { LegendEntry } from '../../../ui/legend-entry.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { DrawdownChart } from './drawdown-chart.tsx';
import { EquityChart } from './equity-chart.tsx';
import { equityRows } from './equity-rows.ts';

export function EquityPanel({ result }: { result: RunResult }) {
  const rows = useMemo(() => equityRows(result.equity), [result.equity]);
  const palette = usePalette();
  const { quote } = unitsOf(result.run.config.symbol);
  return (
    <Panel
      title="Equity and drawdown"
      note={`${quote}, marked to each close, times in UTC`}
      actions={
        <>
          <LegendEntry colour={palette.accent}>Strategy</LegendEntry>
          <LegendEntry colour={palette.reference} dash="4 3">
            Buy and hold
          </LegendEntry>
          {result.run.synthetic && <SyntheticBadge />}
        </>
      }
    >
      <LaterFrame frames={1} meanwhile={<div className="chart-equity" />}>
        <EquityChart rows={rows} quote={quote} />
      </LaterFrame>
      <LaterFrame frames={3} meanwhile={<div className="chart-drawdown" />}>
        <DrawdownChart rows={rows} />
      </LaterFrame>
    </Panel>
  );
}
