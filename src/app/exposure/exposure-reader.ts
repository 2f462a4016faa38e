/**
 * What is open with real money, read from the account while it is open and from the kept books while it is not: without
 * a connection and without a key. Books that cannot be read are never "nothing open".
 */

import type { ContractError } from '../../contract/errors.ts';
import type { ExposedPlace, Exposure } from '../../contract/exposure.ts';
import { isRehearsed } from '../live/kept-live-account.ts';
import type { KeyShelf } from '../live/key-shelf.ts';
import type { LiveAccount } from '../live/live-account.ts';
import type { LiveTarget } from '../live/live-target.ts';
import { venueName } from '../live/venue-name.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import { placeKey } from '../trading/trading-account.ts';
import { exposedPlace, stopAt } from './exposed-place.ts';
import { ON_SIMULATOR, todoWhileClosed, todoWhileOpen } from './exposure-todo.ts';
import { exposureOf } from './exposure-words.ts';
import { KeptLook } from './kept-look.ts';
import { lostBooks } from './lost-books.ts';
import { isAnythingOpen, keptOpen, openOf } from './open-books.ts';

/** What is asked of live trading. */
interface LiveLook {
  account(): LiveAccount | null;
  readonly target: LiveTarget;
  /** Why the last attempt to connect came to nothing; `null` before one. */
  readonly trouble: ContractError | null;
}

export interface ExposureReaderOptions {
  readonly live: LiveLook;
  readonly store: Pick<TradingStore, 'current'>;
  readonly settings: SettingsStore;
  readonly stops: Pick<StopLatch, 'order'>;
  readonly keys: Pick<KeyShelf, 'key' | 'vault'>;
  /** A simulator stands in for the exchange. */
  readonly isRehearsal: boolean;
  /** ms UTC. */
  readonly now: () => number;
}

export class ExposureReader {
  readonly #options: ExposureReaderOptions;
  readonly #kept: KeptLook<KeptAccount | null>;
  readonly #lost: KeptLook<string | null>;

  constructor(options: ExposureReaderOptions) {
    this.#options = options;
    const { store, settings, now } = options;
    this.#kept = new KeptLook(() => store.current(), now);
    this.#lost = new KeptLook(() => lostBooks(settings), now);
  }

  /** Never throws. */
  read(): Exposure {
    const account = this.#options.live.account();
    if (account !== null) {
      // Its books move on: what was kept before is old by the time that it ends.
      this.#kept.forget();
      return this.#whole(this.#openPlace(account), null);
    }
    const looked = this.#kept.look();
    if (!looked.ok) return this.#whole([], looked.error.sentence);
    return this.#whole(looked.value === null ? [] : this.#keptPlace(looked.value), null);
  }

  /** What was kept of lost books has changed. */
  lostBooksChanged(): void {
    this.#lost.forget();
  }

  /** The settings are in the same file as the books: where those cannot be read, it is not known what was lost. */
  #whole(places: readonly ExposedPlace[], unreadable: string | null): Exposure {
    const lost = this.#lost.look();
    return lost.ok
      ? exposureOf({ places, unreadable, lost: lost.value })
      : exposureOf({ places, unreadable: unreadable ?? lost.error.sentence, lost: null });
  }

  #openPlace(account: LiveAccount): readonly ExposedPlace[] {
    const { stops, isRehearsal } = this.#options;
    const books = openOf(account.session);
    if (!isAnythingOpen(books)) return [];
    const { venueId, connection, priceAt, tradingState } = account.status();
    const { fault } = account.session;
    const isHalted = tradingState === 'halted';
    const venue = venueName(venueId, isRehearsal);
    const isWatched = fault === null && connection.up && priceAt !== null;
    const stop = stopAt(stops.order, placeKey('live', account.id), venue);
    const rest = { isWatched, isHalted, connection: connection.sentence, stop };
    const look = { venue, books, fault, ...rest };
    const watch = isWatched ? 'CryptoPiggy sees its prices.' : (fault ?? connection.sentence);
    const todo = todoWhileOpen(look);
    const isCurrent = fault === null && account.isReconciled;
    const words = { isWatched, isCurrent, watch, stop, todo };
    return [exposedPlace({ venueId, venue, isRehearsal, books, ...words })];
  }

  #keptPlace(kept: KeptAccount): readonly ExposedPlace[] {
    const { live, settings, stops, keys, isRehearsal } = this.#options;
    const books = keptOpen(kept);
    if (!isAnythingOpen(books)) return [];
    const wasRehearsal = isRehearsed(settings, kept);
    // What was rehearsed is nobody's money, and its simulator may be gone.
    if (wasRehearsal && !isRehearsal) return [];
    const venueId = kept.settings.venue;
    const venue = venueName(venueId, wasRehearsal);
    const { watch, todo } =
      wasRehearsal === isRehearsal
        ? todoWhileClosed({
            venue,
            chosen: venueName(live.target.venue, wasRehearsal),
            trouble: live.trouble,
            isFileLocked: keys.key === null && keys.vault.file === 'locked',
          })
        : ON_SIMULATOR;
    const stop = stopAt(stops.order, placeKey('live', kept.id), venue);
    const words = { isWatched: false, isCurrent: false, watch, stop, todo };
    const rest = { isRehearsal: wasRehearsal, books, ...words };
    return [exposedPlace({ venueId, venue, ...rest })];
  }
}
