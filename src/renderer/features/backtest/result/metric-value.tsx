/** One figure of a summary: signed where it is a gain, with its unit, and a dash with the reason where there is none. */

import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import { Explained } from '../../../ui/explained.tsx';
import { Signed } from '../../../ui/signed.tsx';
import type { Metric } from './metrics.ts';

interface MetricValueProps {
  readonly metric: Metric;
  readonly summary: BacktestSummary;
  /** Quote currency. */
  readonly quote: string;
}

export function MetricValue({ metric, summary, quote }: MetricValueProps) {
  const value = metric.value(summary);
  const unit = metric.money ? { unit: quote } : {};
  if (value === null) {
    return (
      <Explained meaning={metric.missing}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">No figure. {metric.missing}</span>
      </Explained>
    );
  }
  if (metric.signed) return <Signed value={value} format={metric.format} {...unit} />;
  return (
    <span className="figure">
      {metric.format(value)}
      {metric.money && (
        <>
          {' '}
          <span className="unit">{quote}</span>
        </>
      )}
    </span>
  );
}
