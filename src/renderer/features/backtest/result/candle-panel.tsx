/** Loads a run's candles and frames their chart. */

import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RunResult } from '../../../../contract/backtest.ts';
import type { CandleChart as CandleColumns } from '../../../../contract/candles.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { LOADING } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { joinBars } from '../../../ui/candles/candle-bars.ts';
import type { ChartSteering } from '../../../ui/candles/chart-steps.tsx';
import { CandleChart } from './candle-chart.tsx';
import { ChartButtons } from './chart-buttons.tsx';

interface CandlePanelProps {
  readonly result: RunResult;
  readonly picked: Trade | null;
  readonly onWholeRange: () => void;
}

/** The chart stays smooth up to here. */
const MOST_BARS = 120_000;

export function CandlePanel(props: CandlePanelProps) {
  const { run } = props.result;
  const { results } = useServices().backtest;
  const loadable = useStore(results, (state) => state.charts.get(run.sourceId) ?? LOADING);
  useEffect(() => {
    void results.loadChart(run.sourceId);
  }, [results, run.sourceId]);
  switch (loadable.status) {
    case 'loading':
      return (
        <Panel title="Candles">
          <LoadingPanel label="Loading the candles" height={280} />
        </Panel>
      );
    case 'failed':
      return (
        <Panel title="Candles">
          <ErrorPanel
            title="The candles could not be loaded"
            sentence={loadable.error.sentence}
            onRetry={() => void results.retryChart(run.sourceId)}
          />
        </Panel>
      );
    case 'ready':
      return <LoadedCandles {...props} columns={loadable.value} />;
  }
}

function LoadedCandles({
  columns,
  result,
  picked,
  onWholeRange,
}: CandlePanelProps & { columns: CandleColumns }) {
  const candles = useMemo(() => joinBars(columns, MOST_BARS), [columns]);
  const chart = useRef<ChartSteering>(null);
  const [unmarked, setUnmarked] = useState<number | null>(null);
  const { config, synthetic } = result.run;
  return (
    <Panel
      title={`${config.symbol} ${config.timeframe}`}
      note={
        <>
          {noteOf(columns.time.length, candles.joined, unmarked)} · chart by{' '}
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            TradingView
          </a>
        </>
      }
      actions={
        <>
          {synthetic && <SyntheticBadge />}
          <ChartButtons chart={chart} onWholeRange={onWholeRange} />
        </>
      }
      flush
    >
      <CandleChart
        ref={chart}
        candles={candles}
        trades={result.trades}
        picked={picked}
        onMarked={(inSight, marked) => setUnmarked(marked ? null : inSight)}
      />
    </Panel>
  );
}

function noteOf(bars: number, joined: number, unmarked: number | null): string {
  const parts = ['times in UTC'];
  if (joined > 1) parts.push(`${formatCount(bars)} bars, ${formatCount(joined)} drawn as one`);
  if (unmarked !== null) {
    parts.push(
      `${formatCounted(unmarked, 'trade', 'trades')} in sight: zoom in to see entries and exits`,
    );
  }
  return parts.join(' · ');
}
