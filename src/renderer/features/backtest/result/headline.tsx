/** The figures to read first: what it made, against doing nothing, and at what risk. */

import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import { Explained } from '../../../ui/explained.tsx';
import { MetricValue } from './metric-value.tsx';
import { BUY_AND_HOLD, HEADLINE, TOTAL_RETURN } from './metrics.ts';

interface HeadlineProps {
  readonly summary: BacktestSummary;
  readonly quote: string;
}

export function Headline({ summary, quote }: HeadlineProps) {
  return (
    <dl className="headline" aria-label="Headline figures">
      {[TOTAL_RETURN, BUY_AND_HOLD, ...HEADLINE].map((metric) => (
        <div key={metric.key} className="headline-figure" data-metric={metric.key}>
          <dt>
            <Explained meaning={metric.meaning}>{metric.label}</Explained>
          </dt>
          <dd>
            <MetricValue metric={metric} summary={summary} quote={quote} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
