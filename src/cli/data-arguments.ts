/** Reads what `piggy data` is given: exchanges, pairs, moments. What cannot be read is refused with a sentence. */

import { InvalidArgumentError } from 'commander';
import { isoDateAt } from '../app/candles/iso-date.ts';
import { isSymbol } from '../app/downloads/series-name.ts';
import { VENUE_IDS, type VenueId } from '../contract/live.ts';

export function parseExchange(text: string): VenueId {
  const found = VENUE_IDS.find((id) => id === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Choose one of ${VENUE_IDS.join(', ')}.`);
}

export function parsePair(text: string): string {
  if (isSymbol(text)) return text;
  throw new InvalidArgumentError('Write the pair with a slash, as in BTC/USDT.');
}

/** ms UTC. */
export function parseMoment(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const time = isoDateAt(bytes, 0, bytes.length);
  if (Number.isInteger(time)) return time;
  throw new InvalidArgumentError(
    'Write a date, as in 2024-01-31, or with a time of day in UTC, as in 2024-01-31T12:00.',
  );
}

/** Commander makes an empty text of a parser's `null`, so that now needs a word. */
export function parseEnd(text: string): number | 'now' {
  return text === 'now' ? text : parseMoment(text);
}
