/** The chart of a bot with its legend; bars, fills and levels may change while it shows. */

import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { MarketBars } from '../../../../contract/market.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { usePalette } from '../../../app/use-palette.ts';
import { CandleLegend } from '../../../ui/candles/candle-legend.tsx';
import type { ChartSteering } from '../../../ui/candles/chart-steps.tsx';
import { fillsOn } from './fills.ts';
import { LegendEntry } from '../../../ui/legend-entry.tsx';
import { formatPrice, formatRatio } from '../../../ui/format.ts';
import { curveColour, LiveCanvas } from './live-canvas.ts';
import type { Level } from './levels.ts';

interface LiveChartProps {
  readonly ref: Ref<ChartSteering>;
  readonly bars: MarketBars;
  readonly trades: readonly Trade[];
  readonly levels: readonly Level[];
  readonly symbol: string;
  readonly label: string;
}

export function LiveChart({ ref, bars, trades, levels, symbol, label }: LiveChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<LiveCanvas | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const palette = usePalette();
  const first = useRef({ bars, palette });

  useEffect(() => {
    if (element.current === null) return;
    const made = new LiveCanvas(
      element.current,
      first.current.bars,
      first.current.palette,
      setCursor,
    );
    canvas.current = made;
    return () => {
      canvas.current = null;
      made.dispose();
    };
  }, []);

  useEffect(() => canvas.current?.setPalette(palette), [palette]);
  useEffect(() => canvas.current?.setBars(bars), [bars]);
  useEffect(() => canvas.current?.setTrades(trades), [trades]);
  useEffect(() => canvas.current?.setLevels(levels), [levels]);
  useImperativeHandle(ref, () => ({
    pan: (part) => canvas.current?.pan(part),
    zoom: (times) => canvas.current?.zoom(times),
    showAll: () => canvas.current?.showAll(),
  }));

  const last = bars.time.length - 1;
  const shown = Math.min(cursor ?? last, last);
  return (
    <div className="chart-candles">
      <CandleLegend candles={bars} bar={shown} />
      {bars.lines.length > 0 && (
        <div className="line-legend">
          {bars.lines.map(({ name, pane, values }, index) => (
            <LegendEntry key={name} colour={curveColour(palette, index)}>
              {name}{' '}
              <span className="figure">
                {pane === 'price'
                  ? formatPrice(values[shown] ?? null)
                  : formatRatio(values[shown] ?? null)}
              </span>
            </LegendEntry>
          ))}
        </div>
      )}
      <p className="fill-legend figure">
        {fillsOn(trades, { symbol, times: bars.time, bar: shown }).join(' ')}
      </p>
      <div ref={element} className="live-canvas" role="img" aria-label={label} />
    </div>
  );
}
