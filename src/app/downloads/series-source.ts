/** A downloaded series as a candle source: what lists, forms and documents say of it. */

import type { CandleSource, CandleWarning } from '../../contract/candles.ts';
import type { DocumentCandles } from '../../core/backtest/document.ts';
import { counted, shownTime } from '../candles/field-text.ts';
import type { StoredSource } from '../candles/source-store.ts';
import { barsIn, type Gap } from './gaps.ts';
import { seriesId, shownSeries } from './series-name.ts';
import type { KeptSeries } from './series-store.ts';

/**
 * @param synthetic whether it is a simulator's
 * @returns `null` for a series without a bar, which nothing can be run on
 */
export function seriesSource(series: KeptSeries, synthetic: boolean): StoredSource | null {
  const { symbol, timeframe, bars, firstTime, lastTime, sha256 } = series;
  if (firstTime === null || lastTime === null) return null;
  const source: CandleSource = {
    id: seriesId(series),
    name: shownSeries(series),
    kind: 'series',
    synthetic,
    symbol,
    timeframe,
    bars,
    firstTime,
    lastTime,
    warnings: [...gapWarnings(series.gaps)],
  };
  return { source, sha256 };
}

export function describedSource({ source, sha256 }: StoredSource): DocumentCandles {
  const { name, synthetic, warnings } = source;
  return { name, sha256, synthetic, warnings };
}

const REASONS = {
  exchange: 'the exchange has none',
  'not-downloaded': 'download that range too',
} as const satisfies Record<Gap['cause'], string>;

function gapWarnings(all: readonly Gap[]): readonly CandleWarning[] {
  return (['exchange', 'not-downloaded'] as const).flatMap((cause) => {
    const gaps = all.filter((gap) => gap.cause === cause);
    const [first] = gaps;
    if (first === undefined) return [];
    const count = barsIn(gaps);
    const place = `${gaps.length === 1 ? 'from' : 'the first from'} ${shownTime(first.from)} on`;
    const are = count === 1 ? 'is' : 'are';
    const sentence = `${counted(count, 'bar')} ${are} missing in ${counted(gaps.length, 'gap')}, ${place}: ${REASONS[cause]}.`;
    return [{ code: 'GAPS', count, firstLine: null, sentence }];
  });
}
