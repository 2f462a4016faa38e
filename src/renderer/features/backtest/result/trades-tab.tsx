/** Candles with entries and exits, and the trades below: picking one zooms the chart to it. */

import { useRef, useState } from 'react';
import type { RunResult } from '../../../../contract/backtest.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { CandlePanel } from './candle-panel.tsx';
import { TradesPanel } from './trades-panel.tsx';

export function TradesTab({ result }: { result: RunResult }) {
  const [picked, setPicked] = useState<Trade | null>(null);
  const chart = useRef<HTMLDivElement>(null);
  const pick = (trade: Trade) => {
    setPicked(trade);
    chart.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div className="candle-sticky" ref={chart}>
        <CandlePanel result={result} picked={picked} onWholeRange={() => setPicked(null)} />
      </div>
      <TradesPanel result={result} picked={picked} onPick={pick} />
    </>
  );
}
