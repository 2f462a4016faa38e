/** The candle chart itself, apart from React: made once, given columns once, told what to mark and where to look. */

import {
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type Time,
} from 'lightweight-charts';
import type { Trade } from '../../../../core/domain/trade.ts';
import type { Palette } from '../../../app/palette.ts';
import { decimalsFor, formatDateTime, formatPrice } from '../../../ui/format.ts';
import { at, barAt, type DrawnCandles } from '../../../ui/candles/candle-bars.ts';
import {
  MOST_MARKED,
  toChartTime,
  tradeMarkers,
  tradesInSpan,
} from '../../../ui/candles/trade-markers.ts';

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
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  readonly #content: CanvasContent;
  readonly #listener: CanvasListener;
  #palette: Palette;
  #lines: readonly IPriceLine[] = [];

  constructor(
    element: HTMLElement,
    content: CanvasContent,
    palette: Palette,
    listener: CanvasListener,
  ) {
    this.#content = content;
    this.#palette = palette;
    this.#listener = listener;
    const decimals = decimalsFor(content.candles.close);
    this.#chart = createChart(element, {
      autoSize: true,
      // The logo brings a style of its own, which the page's policy refuses; the panel names the library in words.
      layout: { attributionLogo: false, fontSize: 11, fontFamily: 'Inter Variable, sans-serif' },
      localization: {
        timeFormatter: (time: Time) => formatDateTime(Number(time) * 1_000),
        // The room below the candles is the volume's: it has no prices.
        priceFormatter: (price: number) => (price < 0 ? '' : formatPrice(price, decimals)),
      },
      crosshair: { mode: CrosshairMode.Normal },
      timeScale: {
        timeVisible: true,
        secondsVisible: false,
        minBarSpacing: 0.002,
        // Bars narrower than half a pixel are drawn together: 100,000 in sight stay smooth.
        enableConflation: true,
      },
    });
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals },
      priceLineVisible: false,
    });
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.#candles.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0.24 } });
    this.#markers = createSeriesMarkers(this.#candles, []);
    this.setPalette(palette);
    this.#draw();
    this.#listen();
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    const { surface, quiet, grid, up, down } = palette;
    this.#chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: surface }, textColor: quiet },
      grid: { vertLines: { color: grid }, horzLines: { color: grid } },
      timeScale: { borderColor: grid },
      rightPriceScale: { borderColor: grid },
    });
    this.#candles.applyOptions({
      upColor: up,
      downColor: down,
      borderVisible: false,
      wickUpColor: up,
      wickDownColor: down,
    });
    this.#volume.applyOptions({ color: palette.volume });
    this.#mark();
  }

  /** Zooms to a trade and draws its prices as lines; `null` takes the lines away. */
  showTrade(trade: Trade | null): void {
    for (const line of this.#lines) this.#candles.removePriceLine(line);
    this.#lines = [];
    if (trade === null) return;
    const { entryPrice, exitPrice, entryTime, exitTime } = trade;
    this.#lines = [
      this.#line('Entry', entryPrice, this.#palette.accent),
      ...(exitPrice === null ? [] : [this.#line('Exit', exitPrice, this.#palette.text)]),
    ];
    const { time } = this.#content.candles;
    const from = barAt(time, entryTime);
    const to = exitTime === null ? time.length - 1 : barAt(time, exitTime);
    const margin = Math.max(MARGIN_BARS, (to - from) * 0.4);
    this.#chart.timeScale().setVisibleLogicalRange({ from: from - margin, to: to + margin });
  }

  showAll(): void {
    this.#chart.timeScale().fitContent();
  }

  /** Moves by a part of what is in sight: -0.2 is a fifth to the left. */
  pan(part: number): void {
    this.#reshape((from, to) => [from + (to - from) * part, to + (to - from) * part]);
  }

  /** Shows this many times as many bars: 0.5 zooms in. */
  zoom(times: number): void {
    this.#reshape((from, to) => {
      const [middle, half] = [(from + to) / 2, ((to - from) / 2) * times];
      return [middle - half, middle + half];
    });
  }

  dispose(): void {
    this.#chart.remove();
  }

  #reshape(change: (from: number, to: number) => readonly [number, number]): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const [from, to] = change(range.from, range.to);
    this.#chart.timeScale().setVisibleLogicalRange(this.#withinData(from, to));
  }

  /** As wide, but not beside the candles. */
  #withinData(from: number, to: number): { readonly from: number; readonly to: number } {
    const last = this.#content.candles.time.length - 1;
    const width = to - from;
    if (width >= last) return { from: 0, to: last };
    const start = Math.min(Math.max(from, 0), last - width);
    return { from: start, to: start + width };
  }

  #line(title: string, price: number, color: string): IPriceLine {
    return this.#candles.createPriceLine({
      title,
      price,
      color,
      lineWidth: 1,
      lineStyle: LineStyle.Dashed,
      axisLabelVisible: true,
    });
  }

  #draw(): void {
    const { time, open, high, low, close } = this.#content.candles;
    this.#candles.setData(
      Array.from(time, (start, bar) => ({
        time: toChartTime(start),
        open: at(open, bar),
        high: at(high, bar),
        low: at(low, bar),
        close: at(close, bar),
      })),
    );
    this.#drawVolume();
    this.#showLatest();
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
    this.#chart.timeScale().setVisibleLogicalRange({ from, to: candles.time.length - 1 });
  }

  #drawVolume(): void {
    const { time, volume } = this.#content.candles;
    this.#volume.setData(
      Array.from(time, (start, bar) => ({ time: toChartTime(start), value: at(volume, bar) })),
    );
  }

  #listen(): void {
    this.#chart.subscribeCrosshairMove(({ logical }) => {
      const bars = this.#content.candles.time.length;
      const inside = logical !== undefined && logical >= 0 && logical < bars;
      this.#listener.onCursor(inside ? Number(logical) : null);
    });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#mark());
  }

  #mark(): void {
    const { candles, trades } = this.#content;
    const { time } = candles;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null || time.length === 0) return;
    const bar = (index: number) => Math.min(time.length - 1, Math.max(0, Math.round(index)));
    const inSight = tradesInSpan(trades, at(time, bar(range.from)), at(time, bar(range.to)));
    this.#markers.setMarkers([...tradeMarkers(inSight, time, this.#palette)]);
    this.#listener.onMarked(inSight.length, inSight.length <= MOST_MARKED);
  }
}
