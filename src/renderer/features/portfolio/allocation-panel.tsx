/** How the account is spread over currencies. */

import { Pie, PieChart, ResponsiveContainer } from 'recharts';
import type { TradingStatus } from '../../../contract/trading.ts';
import { usePalette } from '../../app/use-palette.ts';
import { formatMoney, formatPercent } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { allocationOf } from './allocation.ts';

export function AllocationPanel({ status }: { status: TradingStatus }) {
  const palette = usePalette();
  const parts = allocationOf(status.balances);
  const colours = [...palette.runs, palette.reference];
  const colourOf = (index: number): string => colours[index] ?? palette.reference;
  return (
    <Panel title="Allocation" note="of what has a price">
      {parts.length === 0 ? (
        <p className="quiet portfolio-hint">Nothing here has a price yet.</p>
      ) : (
        <div className="allocation">
          <div className="allocation-chart" role="img" aria-label="Chart of the parts listed below">
            <ResponsiveContainer width="100%" height="100%">
              <PieChart accessibilityLayer={false}>
                <Pie
                  data={parts.map((part, index) => ({ ...part, fill: colourOf(index) }))}
                  dataKey="worth"
                  nameKey="currency"
                  rootTabIndex={-1}
                  innerRadius="62%"
                  outerRadius="100%"
                  stroke={palette.surface}
                  strokeWidth={2}
                  isAnimationActive={false}
                />
              </PieChart>
            </ResponsiveContainer>
          </div>
          <ul className="allocation-list">
            {parts.map(({ currency, worth, part }, index) => (
              <li key={currency}>
                <span
                  className="chart-tooltip-dot"
                  style={{ background: colourOf(index) }}
                  aria-hidden="true"
                />
                <span className="strong">{currency}</span>
                <span className="figure">{formatPercent(part)}</span>
                <span className="figure quiet">{formatMoney(worth)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
