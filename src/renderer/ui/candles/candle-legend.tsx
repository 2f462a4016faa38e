/** The bar under the cursor, or the last one, in figures. */

import { useMemo } from 'react';
import {
  decimalsFor,
  formatCompact,
  formatDateTime,
  formatPercent,
  formatPrice,
} from '../format.ts';
import { Signed } from '../signed.tsx';
import type { CandleChart } from '../../../contract/candles.ts';

export function CandleLegend({ candles, bar }: { candles: CandleChart; bar: number }) {
  const { time, open, high, low, close, volume } = candles;
  const decimals = useMemo(() => decimalsFor(close), [close]);
  const [from, to] = [open[bar], close[bar]];
  const price = (value: number | undefined) => formatPrice(value ?? null, decimals);
  const change = from === undefined || to === undefined || from === 0 ? null : to / from - 1;
  return (
    <div className="candle-legend figure">
      <span className="quiet">{formatDateTime(time[bar] ?? null)}</span>
      <LegendFigure name="O" value={price(from)} />
      <LegendFigure name="H" value={price(high[bar])} />
      <LegendFigure name="L" value={price(low[bar])} />
      <LegendFigure name="C" value={price(to)} />
      <Signed value={change} format={formatPercent} />
      <LegendFigure name="Vol" value={formatCompact(volume[bar] ?? null)} />
    </div>
  );
}

function LegendFigure({ name, value }: { name: string; value: string }) {
  return (
    <span>
      <span className="quiet">{name}</span> {value}
    </span>
  );
}
