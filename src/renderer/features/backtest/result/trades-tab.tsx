/** Candles with entries and exits, and the trades below: picking one zooms the chart to it. */

import { useState } from 'react';
import type { RunResult } from '../../../../contract/backtest.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { CandlePanel } from './candle-panel.tsx';
import { TradesPanel } from './trades-panel.tsx';

export function TradesTab({ result }: { result: RunResult }) {
  const [picked, setPicked] = useState<Trade | null>(null);
  return (
    <>
      <CandlePanel result={result} picked={picked} onWholeRange={() => setPicked(null)} />
      <TradesPanel result={result} picked={picked} onPick={setPicked} />
    </>
  );
}
