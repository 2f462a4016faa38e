/** What is open with real money, behind the contract: told again whenever something of it has changed. */

import { isDeepStrictEqual } from 'node:util';
import { ok } from '../../core/domain/result.ts';
import type { Exposure, exposureContract } from '../../contract/exposure.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { LiveTrading } from '../live/live-trading.ts';
import type { StopDesk } from '../stop/stop-desk.ts';
import type { Clock } from '../trading/clock.ts';
import { Watchers } from '../trading/watchers.ts';
import { ExposureReader, type ExposureReaderOptions } from './exposure-reader.ts';
import { forgetLostBooks } from './lost-books.ts';

export interface ExposureOptions extends Omit<ExposureReaderOptions, 'store' | 'now' | 'live'> {
  readonly live: LiveTrading;
  readonly desk: StopDesk;
  readonly clock: Clock;
  readonly reportFault: (error: unknown) => void;
}

export interface OpenExposure {
  readonly reader: ExposureReader;
  readonly handlers: Handlers<typeof exposureContract>;
  close(): void;
}

/** Whether books can be read changes without a word: it is looked again so often, ms. */
const LOOK_EVERY_MS = 5_000;

export function openExposure(options: ExposureOptions): OpenExposure {
  const { live, desk, clock, settings } = options;
  const reader = new ExposureReader({ ...options, store: live.store, now: clock.now });
  const watchers = new Watchers(clock, options.reportFault);
  for (const part of [live, desk]) part.onChange(() => watchers.note());
  let callOff = (): void => {};
  const lookAgain = (): void => {
    callOff = clock.setTimer(LOOK_EVERY_MS, () => {
      watchers.note();
      lookAgain();
    });
  };
  lookAgain();
  return {
    reader,
    handlers: {
      'trading.watch-exposure': (_, sink) => {
        let told: Exposure | null = null;
        const push = (): void => {
          const exposure = reader.read();
          if (told !== null && isSame(told, exposure)) return;
          told = exposure;
          sink.push(exposure);
        };
        push();
        return watchers.add(push);
      },
      'trading.lost-books-seen': () => {
        forgetLostBooks(settings);
        reader.lostBooksChanged();
        watchers.note();
        return watchers.newsBefore(ok({}));
      },
    },
    close() {
      callOff();
      watchers.close();
    },
  };
}

/** What is watched is as of now: its time alone is no news. */
function isSame(one: Exposure, other: Exposure): boolean {
  return isDeepStrictEqual(timeless(one), timeless(other));
}

function timeless(exposure: Exposure): Exposure {
  const places = exposure.places.map((place) => (place.isWatched ? { ...place, asOf: 0 } : place));
  return { ...exposure, places };
}
