/** Candles with their volume, apart from React: how they are drawn, coloured, moved and zoomed. */

import {
  CandlestickSeries,
  ColorType,
  createChart,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type Time,
} from 'lightweight-charts';
import type { CandleChart } from '../../../contract/candles.ts';
import type { Palette } from '../../app/palette.ts';
import { formatDateTime, formatPrice } from '../format.ts';
import { at } from './candle-bars.ts';
import { toChartTime } from './trade-markers.ts';

/** px; six digits with a separator, two decimals. */
const AXIS_WIDTH = 74;

export class CandleDrawing {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  #bars = 0;
  #volumeFrame = 0;
  /** Not drawn yet. */
  #volumeLater: CandleChart | null = null;

  /** @param decimals of all prices */
  constructor(element: HTMLElement, decimals: number) {
    this.chart = createChart(element, {
      autoSize: true,
      // The logo brings a style of its own, which the page's policy refuses; the panel names the library in words.
      layout: { attributionLogo: false, fontSize: 11, fontFamily: 'Inter Variable, sans-serif' },
      localization: {
        timeFormatter: (time: Time) => formatDateTime(Number(time) * 1_000),
        // The room below the candles is the volume's: it has no prices.
        priceFormatter: (price: number) => (price < 0 ? '' : formatPrice(price, decimals)),
      },
      crosshair: { mode: CrosshairMode.Normal },
      // Wide enough from the start: an axis that grows has everything drawn twice.
      rightPriceScale: { minimumWidth: AXIS_WIDTH },
      timeScale: {
        timeVisible: true,
        secondsVisible: false,
        minBarSpacing: 0.002,
        // Bars narrower than half a pixel are drawn together: 100,000 in sight stay smooth.
        enableConflation: true,
      },
    });
    this.candles = this.chart.addSeries(CandlestickSeries, {
      priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals },
      priceLineVisible: false,
    });
    this.#volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0.24 } });
  }

  setPalette(palette: Palette): void {
    const { surface, quiet, grid, up, down } = palette;
    this.chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: surface },
        textColor: quiet,
        panes: { separatorColor: grid, separatorHoverColor: grid },
      },
      grid: { vertLines: { color: grid }, horzLines: { color: grid } },
      timeScale: { borderColor: grid },
      rightPriceScale: { borderColor: grid },
    });
    this.candles.applyOptions({
      upColor: up,
      downColor: down,
      borderVisible: false,
      wickUpColor: up,
      wickDownColor: down,
    });
    this.#volume.applyOptions({ color: palette.volume });
  }

  /** Draws these bars in place of what was there. */
  fill(columns: CandleChart): void {
    this.#bars = columns.time.length;
    this.candles.setData(Array.from(columns.time, (_, bar) => candleAt(columns, bar)));
    // After the frame that draws the candles: both at once make one long frame of 100,000 bars.
    this.#volumeLater = columns;
    this.#volumeFrame = requestAnimationFrame(() => {
      this.#volumeFrame = requestAnimationFrame(() => this.#fillVolume());
    });
  }

  /** Adds the bars from this index on; who looks at the end goes along. */
  append(columns: CandleChart, from: number): void {
    this.#fillVolume();
    for (let bar = from; bar < columns.time.length; bar += 1) {
      this.candles.update(candleAt(columns, bar));
      this.#volume.update(volumeAt(columns, bar));
      this.#bars += 1;
    }
  }

  #fillVolume(): void {
    cancelAnimationFrame(this.#volumeFrame);
    const columns = this.#volumeLater;
    if (columns === null) return;
    this.#volumeLater = null;
    this.#volume.setData(Array.from(columns.time, (_, bar) => volumeAt(columns, bar)));
  }

  showAll(): void {
    this.chart.timeScale().fitContent();
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

  /** A labelled line across the chart. */
  priceLine(title: string, price: number, color: string): IPriceLine {
    return this.candles.createPriceLine({
      title,
      price,
      color,
      lineWidth: 1,
      lineStyle: LineStyle.Dashed,
      axisLabelVisible: true,
    });
  }

  /** Tells the index of the bar under the cursor; `null` when it has left the bars. */
  onCursor(tell: (bar: number | null) => void): void {
    this.chart.subscribeCrosshairMove(({ logical }) => {
      const isInside = logical !== undefined && logical >= 0 && logical < this.#bars;
      tell(isInside ? Number(logical) : null);
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#volumeFrame);
    this.chart.remove();
  }

  #reshape(change: (from: number, to: number) => readonly [number, number]): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const [from, to] = change(range.from, range.to);
    this.chart.timeScale().setVisibleLogicalRange(this.#withinData(from, to));
  }

  /** As wide, but not beside the candles. */
  #withinData(from: number, to: number): { readonly from: number; readonly to: number } {
    const last = this.#bars - 1;
    const width = to - from;
    if (width >= last) return { from: 0, to: last };
    const start = Math.min(Math.max(from, 0), last - width);
    return { from: start, to: start + width };
  }
}

function candleAt({ time, open, high, low, close }: CandleChart, bar: number) {
  return {
    time: toChartTime(at(time, bar)),
    open: at(open, bar),
    high: at(high, bar),
    low: at(low, bar),
    close: at(close, bar),
  };
}

function volumeAt({ time, volume }: CandleChart, bar: number) {
  return { time: toChartTime(at(time, bar)), value: at(volume, bar) };
}
