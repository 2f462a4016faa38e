/** What a profile's books show to be open, read by a process that has not opened the profile. */

import { join } from 'node:path';
import type { ExposedPlace, Exposure } from '../../contract/exposure.ts';
import { isRehearsed } from '../live/kept-live-account.ts';
import { venueName } from '../live/venue-name.ts';
import { openStopDisk } from '../stop/stop-disk.ts';
import type { StopOrder } from '../stop/stop-order.ts';
import { readTrading } from '../storage/read-trading.ts';
import type { KeptAccount } from '../storage/trading-store.ts';
import { placeKey } from '../trading/trading-account.ts';
import { exposedPlace, stopAt } from './exposed-place.ts';
import { UNATTENDED } from './exposure-todo.ts';
import { exposureOf, NOTHING_OPEN } from './exposure-words.ts';
import { lostBooks } from './lost-books.ts';
import { isAnythingOpen, keptOpen } from './open-books.ts';

type Unattended = keyof typeof UNATTENDED;

interface Kept {
  readonly account: KeptAccount | null;
  readonly isRehearsal: boolean;
  readonly lost: string | null;
}

/** Never rejects: what cannot be read is told as not known. @param dataDir absolute */
export async function keptExposure(dataDir: string, unattended: Unattended): Promise<Exposure> {
  try {
    const path = join(dataDir, 'cryptopiggy.sqlite');
    const read = await readTrading(path, 'live', (books, settings): Kept => {
      const account = books.current();
      const isRehearsal = account !== null && isRehearsed(settings, account);
      return { account, isRehearsal, lost: lostBooks(settings) };
    });
    if (!read.ok) {
      const { code, sentence } = read.error;
      return code === 'NO_PROFILE' ? NOTHING_OPEN : unknown(sentence);
    }
    const order = openStopDisk(dataDir).read();
    const places = placesOf(read.value, order, unattended);
    return exposureOf({ places, unreadable: null, lost: read.value.lost });
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
}

function unknown(unreadable: string): Exposure {
  return exposureOf({ places: [], unreadable, lost: null });
}

function placesOf(
  { account, isRehearsal }: Kept,
  order: StopOrder | null,
  unattended: Unattended,
): readonly ExposedPlace[] {
  if (account === null) return [];
  const books = keptOpen(account);
  if (!isAnythingOpen(books)) return [];
  const venueId = account.settings.venue;
  const venue = venueName(venueId, isRehearsal);
  const stop = stopAt(order, placeKey('live', account.id), venue);
  const rest = {
    isRehearsal,
    books,
    isWatched: false,
    isCurrent: false,
    stop,
    ...UNATTENDED[unattended],
  };
  return [exposedPlace({ venueId, venue, ...rest })];
}
