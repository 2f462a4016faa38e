/** The chart of a bot, apart from React: bars that grow, fills as marks, the prices of a position as lines. */

import {
  createSeriesMarkers,
  LineSeries,
  type ISeriesApi,
  type AutoscaleInfo,
  type IPriceLine,
  type ISeriesMarkersPluginApi,
  type Time,
} from 'lightweight-charts';
import type { MarketBars } from '../../../../contract/market.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import type { Palette } from '../../../app/palette.ts';
import { CandleDrawing } from '../../../ui/candles/candle-drawing.ts';
import { at } from '../../../ui/candles/candle-bars.ts';
import { toChartTime, tradeMarkers, tradesInSpan } from '../../../ui/candles/trade-markers.ts';
import { decimalsFor } from '../../../ui/format.ts';
import type { Level } from './levels.ts';

/** In sight at first. */
const FIRST_BARS = 120;
/** Above and below, in heights of the candles in sight. */
const MOST_ROOM = 1.5;

type BarLine = MarketBars['lines'][number];

/** Of the room below, for one of the candles' own. */
const BELOW_PART = 0.5;

/** One colour for each line, in their order. */
export function curveColour({ runs }: Palette, index: number): string {
  return runs[index % runs.length] ?? runs[0];
}

export class LiveCanvas {
  readonly #drawing: CandleDrawing;
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  #palette: Palette;
  #bars: MarketBars;
  #trades: readonly Trade[] = [];
  #levels: readonly Level[] = [];
  #lines: readonly IPriceLine[] = [];
  readonly #curves: readonly ISeriesApi<'Line'>[];

  constructor(
    element: HTMLElement,
    bars: MarketBars,
    palette: Palette,
    onCursor: (bar: number | null) => void,
  ) {
    this.#palette = palette;
    this.#bars = bars;
    this.#drawing = new CandleDrawing(element, decimalsFor(bars.close));
    this.#markers = createSeriesMarkers(this.#drawing.candles, []);
    this.#drawing.candles.applyOptions({
      autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => this.#withLevels(original()),
    });
    this.#drawing.fill(bars);
    this.#curves = bars.lines.map(({ pane }) => this.#addCurve(pane));
    this.#drawing.chart.panes()[1]?.setStretchFactor(BELOW_PART);
    this.#drawCurves();
    this.#drawing.onCursor(onCursor);
    this.setPalette(palette);
    const last = bars.time.length - 1;
    this.#drawing.chart
      .timeScale()
      .setVisibleLogicalRange({ from: last - FIRST_BARS, to: last + 4 });
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#drawing.setPalette(palette);
    this.#curves.forEach((curve, index) =>
      curve.applyOptions({ color: curveColour(palette, index) }),
    );
    this.#mark();
    this.setLevels(this.#levels);
  }

  /** Adds what has closed since, and leaves the view where it is. */
  setBars(bars: MarketBars): void {
    const last = this.#bars.time.at(-1) ?? -Infinity;
    const from = bars.time.findIndex((time) => time > last);
    this.#bars = bars;
    if (from !== -1) this.#drawing.append(bars, from);
    this.#drawCurves();
    this.#mark();
  }

  setTrades(trades: readonly Trade[]): void {
    this.#trades = trades;
    this.#mark();
  }

  setLevels(levels: readonly Level[]): void {
    for (const line of this.#lines) this.#drawing.candles.removePriceLine(line);
    this.#levels = levels;
    this.#lines = levels.map(({ name, price, colour }) =>
      this.#drawing.priceLine(name, price, this.#palette[colour]),
    );
  }

  pan(part: number): void {
    this.#drawing.pan(part);
  }

  zoom(times: number): void {
    this.#drawing.zoom(times);
  }

  showAll(): void {
    this.#drawing.showAll();
  }

  dispose(): void {
    this.#drawing.dispose();
  }

  /** Makes room for the stop and the target, unless they are so far off that the candles would be flat. */
  #withLevels(scale: AutoscaleInfo | null): AutoscaleInfo | null {
    const range = scale?.priceRange ?? null;
    if (scale === null || range === null) return scale;
    const { minValue, maxValue } = range;
    const reach = (maxValue - minValue) * MOST_ROOM;
    const near = this.#levels
      .map(({ price }) => price)
      .filter((price) => price > minValue - reach && price < maxValue + reach);
    return {
      ...scale,
      priceRange: { minValue: Math.min(minValue, ...near), maxValue: Math.max(maxValue, ...near) },
    };
  }

  /** What is no price has a room of its own below. */
  #addCurve(pane: BarLine['pane']): ISeriesApi<'Line'> {
    const options = {
      lineWidth: 1,
      priceLineVisible: false,
      lastValueVisible: pane === 'below',
      crosshairMarkerVisible: false,
    } as const;
    return this.#drawing.chart.addSeries(LineSeries, options, pane === 'price' ? 0 : 1);
  }

  #drawCurves(): void {
    const { time, lines } = this.#bars;
    this.#curves.forEach((curve, index) => {
      const values = lines[index]?.values ?? new Float64Array();
      const points = Array.from(values, (value, bar) => ({ time: at(time, bar), value }));
      curve.setData(
        points
          .filter(({ value }) => Number.isFinite(value))
          .map(({ time: start, value }) => ({ time: toChartTime(start), value })),
      );
    });
  }

  #mark(): void {
    const { time } = this.#bars;
    const [first, last] = [time[0], time.at(-1)];
    if (first === undefined || last === undefined) return;
    // What was bought since the last bar closed is marked on that bar.
    const inSight = tradesInSpan(this.#trades, first, Infinity).filter(
      ({ entryTime }) => entryTime >= first,
    );
    this.#markers.setMarkers([...tradeMarkers(inSight, time, this.#palette)]);
  }
}
