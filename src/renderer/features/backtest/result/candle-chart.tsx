/** The candle chart with its legend, told from outside where to look. */

import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { Trade } from '../../../../core/domain/trade.ts';
import { usePalette } from '../../../app/use-palette.ts';
import type { DrawnCandles } from '../../../ui/candles/candle-bars.ts';
import type { ChartSteering } from '../../../ui/candles/chart-steps.tsx';
import { CandleCanvas } from './candle-canvas.ts';
import { CandleLegend } from '../../../ui/candles/candle-legend.tsx';

interface CandleChartProps {
  readonly ref: Ref<ChartSteering>;
  readonly candles: DrawnCandles;
  readonly trades: readonly Trade[];
  /** The trade to look at, its prices as lines. */
  readonly picked: Trade | null;
  readonly onMarked: (inSight: number, marked: boolean) => void;
}

export function CandleChart({ ref, candles, trades, picked, onMarked }: CandleChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<CandleCanvas | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const palette = usePalette();
  const firstPalette = useRef(palette);
  const marked = useRef(onMarked);

  useEffect(() => {
    if (element.current === null) return;
    const made = new CandleCanvas(element.current, { candles, trades }, firstPalette.current, {
      onCursor: setCursor,
      onMarked: (inSight, shown) => marked.current(inSight, shown),
    });
    canvas.current = made;
    return () => {
      canvas.current = null;
      made.dispose();
    };
  }, [candles, trades]);

  useEffect(() => {
    canvas.current?.setPalette(palette);
  }, [palette]);
  useEffect(() => {
    canvas.current?.showTrade(picked);
  }, [picked]);
  useImperativeHandle(ref, () => ({
    pan: (part) => canvas.current?.pan(part),
    zoom: (times) => canvas.current?.zoom(times),
    showAll: () => canvas.current?.showAll(),
  }));

  return (
    <div className="chart-candles">
      <CandleLegend candles={candles} bar={cursor ?? candles.time.length - 1} />
      <div
        ref={element}
        className="chart-candles-canvas"
        role="img"
        aria-label="Candles with entries and exits. The table below holds the same trades."
      />
    </div>
  );
}
