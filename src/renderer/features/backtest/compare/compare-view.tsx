/** Two to four runs side by side: their curves in one chart, their figures in one table. */

import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { RunResult } from '../../../../contract/backtest.ts';
import { LOADING, valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { BackButton } from '../result/run-header.tsx';
import { CompareChart } from './compare-chart.tsx';
import { CompareTable } from './compare-table.tsx';

export function CompareView({ runIds }: { runIds: readonly string[] }) {
  return (
    <div className="run-view">
      <header className="view-head">
        <BackButton />
        <div className="view-title">
          <h2>Comparison of {runIds.length} runs</h2>
        </div>
      </header>
      <Compared runIds={runIds} />
    </div>
  );
}

function Compared({ runIds }: { runIds: readonly string[] }) {
  const { results } = useServices().backtest;
  const loaded = useStore(results, (state) => state.results);
  useEffect(() => {
    for (const runId of runIds) void results.loadResult(runId);
  }, [results, runIds]);
  const loadables = runIds.map((runId) => ({ runId, loadable: loaded.get(runId) ?? LOADING }));
  for (const { runId, loadable } of loadables) {
    if (loadable.status !== 'failed') continue;
    return (
      <Panel title="Comparison">
        <ErrorPanel
          title="One of the results could not be loaded"
          sentence={loadable.error.sentence}
          onRetry={() => void results.retryResult(runId)}
        />
      </Panel>
    );
  }
  const ready = loadables
    .map(({ loadable }) => valueOf(loadable))
    .filter((value) => value !== null);
  if (ready.length < runIds.length) {
    return (
      <Panel title="Comparison">
        <LoadingPanel label="Loading the results" height={320} />
      </Panel>
    );
  }
  return <SideBySide results={ready} />;
}

function SideBySide({ results }: { results: readonly RunResult[] }) {
  const sameCandles = new Set(results.map(({ run }) => run.sourceId)).size === 1;
  return (
    <>
      {!sameCandles && (
        <p className="compare-note">
          These runs used different candles: their figures come from different markets or times.
        </p>
      )}
      <CompareChart results={results} />
      <CompareTable results={results} />
    </>
  );
}
