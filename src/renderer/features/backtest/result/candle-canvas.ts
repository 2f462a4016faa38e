/** A run's candle chart, apart from React: made once, given columns once, told what to mark and where to look. */

import {
  createSeriesMarkers,
  type IPriceLine,
  type ISeriesMarkersPluginApi,
  type Time,
} from 'lightweight-charts';
import type { Trade } from '../../../../core/domain/trade.ts';
import type { Palette } from '../../../app/palette.ts';
import { at, barAt, type DrawnCandles } from '../../../ui/candles/candle-bars.ts';
import { CandleDrawing } from '../../../ui/candles/candle-drawing.ts';
import { MOST_MARKED, tradeMarkers, tradesInSpan } from '../../../ui/candles/trade-markers.ts';
import { decimalsFor } from '../../../ui/format.ts';

export interface CanvasListener {
  /** Index of the bar under the cursor; `null` when it has left the chart. */
  onCursor(bar: number | null): void;
  /** How many trades are in sight, and whether they are marked. */
  onMarked(inSight: number, marked: boolean): void;
}

export interface CanvasContent {
  readonly candles: DrawnCandles;
  readonly trades: readonly Trade[];
}

/** How many trades are in sight at first where there are too many to mark. */
const LATEST_TRADES = 30;
/** Bars around a trade that is shown. */
const MARGIN_BARS = 12;

export class CandleCanvas {
  readonly #drawing: CandleDrawing;
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  readonly #content: CanvasContent;
  readonly #listener: CanvasListener;
  #palette: Palette;
  #lines: readonly IPriceLine[] = [];
  #picked: Trade | null = null;
  #isFilled = false;
  #filling = 0;

  constructor(
    element: HTMLElement,
    content: CanvasContent,
    palette: Palette,
    listener: CanvasListener,
  ) {
    this.#content = content;
    this.#palette = palette;
    this.#listener = listener;
    this.#drawing = new CandleDrawing(element, decimalsFor(content.candles.close));
    this.#markers = createSeriesMarkers(this.#drawing.candles, []);
    this.#drawing.setPalette(palette);
    // Made in one frame, filled in the next and drawn in the one after: together they take longer than a frame may.
    this.#filling = requestAnimationFrame(() => {
      this.#filling = requestAnimationFrame(() => this.#fill());
    });
  }

  setPalette(palette: Palette): void {
    if (palette === this.#palette) return;
    this.#palette = palette;
    this.#drawing.setPalette(palette);
    this.#mark();
  }

  /** Zooms to a trade and draws its prices as lines; `null` takes the lines away. */
  showTrade(trade: Trade | null): void {
    this.#picked = trade;
    if (!this.#isFilled) return;
    for (const line of this.#lines) this.#drawing.candles.removePriceLine(line);
    this.#lines = [];
    if (trade === null) return;
    const { entryPrice, exitPrice, entryTime, exitTime } = trade;
    this.#lines = [
      this.#drawing.priceLine('Entry', entryPrice, this.#palette.accent),
      ...(exitPrice === null
        ? []
        : [this.#drawing.priceLine('Exit', exitPrice, this.#palette.text)]),
    ];
    const { time } = this.#content.candles;
    const from = barAt(time, entryTime);
    const to = exitTime === null ? time.length - 1 : barAt(time, exitTime);
    const margin = Math.max(MARGIN_BARS, (to - from) * 0.4);
    this.#timeScale.setVisibleLogicalRange({ from: from - margin, to: to + margin });
  }

  showAll(): void {
    this.#drawing.showAll();
  }

  /** Moves by a part of what is in sight: -0.2 is a fifth to the left. */
  pan(part: number): void {
    this.#drawing.pan(part);
  }

  /** Shows this many times as many bars: 0.5 zooms in. */
  zoom(times: number): void {
    this.#drawing.zoom(times);
  }

  dispose(): void {
    cancelAnimationFrame(this.#filling);
    this.#drawing.dispose();
  }

  get #timeScale(): ReturnType<CandleDrawing['chart']['timeScale']> {
    return this.#drawing.chart.timeScale();
  }

  #fill(): void {
    this.#drawing.fill(this.#content.candles);
    this.#isFilled = true;
    this.#showLatest();
    this.#drawing.onCursor((bar) => this.#listener.onCursor(bar));
    this.#timeScale.subscribeVisibleLogicalRangeChange(() => this.#mark());
    this.#mark();
    if (this.#picked !== null) this.showTrade(this.#picked);
  }

  /** The whole range where its trades can all be marked, else the end of it. */
  #showLatest(): void {
    const { candles, trades } = this.#content;
    const first = trades.length > MOST_MARKED ? trades.at(-LATEST_TRADES) : undefined;
    if (first === undefined) {
      this.showAll();
      return;
    }
    const from = barAt(candles.time, first.entryTime);
    this.#timeScale.setVisibleLogicalRange({ from, to: candles.time.length - 1 });
  }

  #mark(): void {
    const { candles, trades } = this.#content;
    const { time } = candles;
    const range = this.#timeScale.getVisibleLogicalRange();
    if (range === null || time.length === 0) return;
    const bar = (index: number) => Math.min(time.length - 1, Math.max(0, Math.round(index)));
    const inSight = tradesInSpan(trades, at(time, bar(range.from)), at(time, bar(range.to)));
    this.#markers.setMarkers([...tradeMarkers(inSight, time, this.#palette)]);
    this.#listener.onMarked(inSight.length, inSight.length <= MOST_MARKED);
  }
}
