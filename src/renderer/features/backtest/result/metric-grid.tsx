/** All other figures, in groups, quieter than the headline. */

import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import { Explained } from '../../../ui/explained.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { MetricValue } from './metric-value.tsx';
import { METRIC_GROUPS } from './metrics.ts';

export function MetricGrid({ summary, quote }: { summary: BacktestSummary; quote: string }) {
  return (
    <Panel title="Figures" note="Dotted words explain themselves on hover and focus.">
      <div className="metric-groups">
        {METRIC_GROUPS.map(({ title, metrics }) => (
          <section key={title} aria-label={title}>
            <h4>{title}</h4>
            <dl>
              {metrics.map((metric) => (
                <div key={metric.key} className="metric-line" data-metric={metric.key}>
                  <dt>
                    <Explained meaning={metric.meaning}>{metric.label}</Explained>
                  </dt>
                  <dd>
                    <MetricValue metric={metric} summary={summary} quote={quote} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Panel>
  );
}
