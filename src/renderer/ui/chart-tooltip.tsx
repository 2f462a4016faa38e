/** The box beside a chart's cursor: the time, and each curve's figure. */

import { formatDateTime } from './format.ts';

export interface TooltipLine {
  /** Where labels may be equal. */
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly colour: string;
}

export function ChartTooltip({ time, lines }: { time: number; lines: readonly TooltipLine[] }) {
  return (
    <div className="chart-tooltip">
      <div className="chart-tooltip-time figure">{formatDateTime(time)} UTC</div>
      {lines.map(({ id, label, value, colour }) => (
        <div key={id ?? label} className="chart-tooltip-line">
          <span className="chart-tooltip-dot" style={{ background: colour }} aria-hidden="true" />
          <span className="chart-tooltip-label">{label}</span>
          <span className="figure">{value}</span>
        </div>
      ))}
    </div>
  );
}
