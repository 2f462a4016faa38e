/** Bars, moments and gaps, in words for a terminal. */

import { barsIn, type Gap } from '../app/downloads/gaps.ts';
import { counted } from '../app/candles/field-text.ts';

/** More are a matter for `piggy data check`. */
const GAPS_SHOWN = 10;

export function barCount(bars: number): string {
  return counted(bars, 'bar');
}

/** `2024-01-01 00:00`, UTC. */
export function shownMoment(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** What is missing, and why; no lines where nothing is. */
export function gapLines(
  gaps: readonly Gap[],
  id: string,
  shown: number = GAPS_SHOWN,
): readonly string[] {
  const by = (cause: Gap['cause']): readonly Gap[] => gaps.filter((gap) => gap.cause === cause);
  return [
    ...listed('The exchange has no bars in', by('exchange'), id, shown),
    ...listed('Not downloaded are the bars of', by('not-downloaded'), id, shown),
  ];
}

function listed(words: string, gaps: readonly Gap[], id: string, shown: number): readonly string[] {
  if (gaps.length === 0) return [];
  const left = gaps.length - shown;
  return [
    `${words} ${counted(gaps.length, 'gap')}, ${barCount(barsIn(gaps))} in all:`,
    ...gaps
      .slice(0, shown)
      .map(
        ({ from, to, bars }) =>
          `  ${shownMoment(from)} to ${shownMoment(to)} UTC, ${barCount(bars)}`,
      ),
    ...(left > 0 ? [`  and ${left} more: piggy data check ${id} lists them all`] : []),
  ];
}
