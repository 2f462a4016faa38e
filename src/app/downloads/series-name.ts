/** What a downloaded series is of, and the ways to write that: for people, for the contract, for a file's name. */

import { VENUE_IDS, VENUE_NAMES, type VenueId } from '../../contract/live.ts';
import { isTimeframe, type Timeframe } from '../../core/domain/timeframe.ts';

export interface SeriesName {
  readonly exchange: VenueId;
  /** ccxt's form, as in `BTC/USDT`. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** `binanceus:BTC/USDT:1h`, as it is typed. It also names the series among the candle sources. */
export function seriesId({ exchange, symbol, timeframe }: SeriesName): string {
  return `${exchange}:${symbol}:${timeframe}`;
}

/** @returns `null` where the text is not of that form: it may be the name of a file */
export function parseSeriesId(text: string): SeriesName | null {
  const [name = '', symbol = '', timeframe = '', ...rest] = text.split(':');
  const exchange = VENUE_IDS.find((id) => id === name);
  if (exchange === undefined || !isTimeframe(timeframe) || rest.length > 0) return null;
  return isSymbol(symbol) ? { exchange, symbol, timeframe } : null;
}

/** Whether it has the form of a spot pair; whether the exchange has it, only the exchange knows. */
export function isSymbol(text: string): boolean {
  return text.length <= 41 && /^[^\s/:\p{C}]+\/[^\s/:\p{C}]+$/u.test(text);
}

/** `BTC/USDT 1h, Binance US`. */
export function shownSeries({ exchange, symbol, timeframe }: SeriesName): string {
  return `${symbol} ${timeframe}, ${VENUE_NAMES[exchange]}`;
}

export function venueName(exchange: VenueId): string {
  return VENUE_NAMES[exchange];
}

/** Safe on every disk: nothing but letters, digits and `%_-.`. */
export function fileStem({ exchange, symbol, timeframe }: SeriesName): string {
  const pair = symbol.split('/').map((part) => encodeURIComponent(part).replaceAll('*', '%2A'));
  return `${exchange}_${pair.join('-')}_${timeframe}`;
}
