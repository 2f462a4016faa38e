/** The result of a finished run: headline, then tabs for what takes space. */

import { Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RunInfo, RunResult } from '../../../../contract/backtest.ts';
import { LOADING } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCount, unitsOf } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { ConfigUsed } from './config-used.tsx';
import { DenialsPanel } from './denials-panel.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { Headline } from './headline.tsx';
import { MetricGrid } from './metric-grid.tsx';
import { TradesTab } from './trades-tab.tsx';

export function ResultView({ run }: { run: RunInfo }) {
  const { results } = useServices().backtest;
  const loadable = useStore(results, (state) => state.results.get(run.id) ?? LOADING);
  useEffect(() => {
    void results.loadResult(run.id);
  }, [results, run.id]);
  switch (loadable.status) {
    case 'loading':
      return (
        <Panel title="Result">
          <LoadingPanel label="Loading the result" height={320} />
        </Panel>
      );
    case 'failed':
      return (
        <Panel title="Result">
          <ErrorPanel
            title="The result could not be loaded"
            sentence={loadable.error.sentence}
            onRetry={() => void results.retryResult(run.id)}
          />
        </Panel>
      );
    case 'ready':
      return <Result result={loadable.value} />;
  }
}

function Result({ result }: { result: RunResult }) {
  const [tab, setTab] = useState<string | null>('overview');
  const { summary, run, denials, trades } = result;
  const { quote } = unitsOf(run.config.symbol);
  return (
    <>
      <Headline summary={summary} quote={quote} />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className="result-tabs">
        <Tabs.List aria-label="Parts of the result">
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="trades">Chart and trades {countOf(trades.length)}</Tabs.Tab>
          <Tabs.Tab value="denials">Denied orders {countOf(denials.length)}</Tabs.Tab>
          <Tabs.Tab value="settings">Settings used</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" className="result-panel">
          <EquityPanel result={result} />
          <MetricGrid summary={summary} quote={quote} />
        </Tabs.Panel>
        <Tabs.Panel value="trades" className="result-panel">
          <TradesTab result={result} />
        </Tabs.Panel>
        <Tabs.Panel value="denials" className="result-panel">
          <DenialsPanel denials={denials} quote={quote} limits={run.config.limits} />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className="result-panel">
          <ConfigUsed run={run} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function countOf(count: number) {
  return <span className="tab-count figure">{formatCount(count)}</span>;
}
