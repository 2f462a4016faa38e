/** The candle chart in its panel: legend under the cursor, entries and exits, keys to move and zoom. */

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Trade } from '../../../../core/domain/trade.ts';
import { usePalette } from '../../../app/use-palette.ts';
import type { DrawnCandles } from './candle-bars.ts';
import { CandleCanvas } from './candle-canvas.ts';
import { CandleLegend } from './candle-legend.tsx';

interface CandleChartProps {
  readonly candles: DrawnCandles;
  readonly trades: readonly Trade[];
  /** The trade to look at; `null` is the whole range. */
  readonly picked: Trade | null;
  /** Counts up when the whole range is asked for. */
  readonly wholeRange: number;
  readonly onMarked: (inSight: number, marked: boolean) => void;
}

export function CandleChart({ candles, trades, picked, wholeRange, onMarked }: CandleChartProps) {
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
  }, [picked, candles, trades]);
  useEffect(() => {
    canvas.current?.showAll();
  }, [wholeRange]);

  return (
    <div className="chart-candles">
      <CandleLegend candles={candles} bar={cursor ?? candles.time.length - 1} />
      <div
        ref={element}
        className="chart-candles-canvas"
        role="application"
        aria-label="Candle chart with entries and exits. Arrow keys move, plus and minus zoom, Home shows everything."
        tabIndex={0}
        onKeyDown={(event) => steer(canvas.current, event)}
      />
    </div>
  );
}

/** Keys for those without a pointer. */
function steer(canvas: CandleCanvas | null, event: KeyboardEvent): void {
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => canvas?.pan(-0.2),
    ArrowRight: () => canvas?.pan(0.2),
    '+': () => canvas?.zoom(0.7),
    '=': () => canvas?.zoom(0.7),
    '-': () => canvas?.zoom(1.4),
    Home: () => canvas?.showAll(),
  };
  const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
  if (act === undefined) return;
  event.preventDefault();
  act();
}
