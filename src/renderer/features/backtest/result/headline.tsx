/** The figures to read first: what it made, against doing nothing, and at what risk. */

import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import { Explained } from '../../../ui/explained.tsx';
import { MetricValue } from './metric-value.tsx';
import { BUY_AND_HOLD, HEADLINE, TOTAL_RETURN, type Metric } from './metrics.ts';

interface HeadlineProps {
  readonly summary: BacktestSummary;
  readonly quote: string;
}

export function Headline({ summary, quote }: HeadlineProps) {
  return (
    <dl className="headline" aria-label="Headline figures">
      <div className="headline-card headline-main">
        <HeadlineFigure metric={TOTAL_RETURN} summary={summary} quote={quote} />
        <HeadlineFigure metric={BUY_AND_HOLD} summary={summary} quote={quote} />
      </div>
      {HEADLINE.map((metric) => (
        <div key={metric.key} className="headline-card">
          <HeadlineFigure metric={metric} summary={summary} quote={quote} />
        </div>
      ))}
    </dl>
  );
}

function HeadlineFigure({ metric, summary, quote }: HeadlineProps & { metric: Metric }) {
  return (
    <div className="headline-figure" data-metric={metric.key}>
      <dt>
        <Explained meaning={metric.meaning}>{metric.label}</Explained>
      </dt>
      <dd>
        <MetricValue metric={metric} summary={summary} quote={quote} />
      </dd>
    </div>
  );
}
