/** Which exchange and symbol a person has chosen for live trading; kept between starts. */

import { z } from 'zod';
import { contractFailure } from '../../contract/errors.ts';
import { VENUE_IDS, type VenueId } from '../../contract/live.ts';
import { revision } from '../../contract/trading.ts';
import type { SettingsStore } from '../storage/storage.ts';

const KEY = 'live-target';

/** It was kept without a revision once. */
const target = z.strictObject({
  venue: z.enum(VENUE_IDS),
  symbol: z.string(),
  revision: revision.default(0),
});

export type LiveTarget = Readonly<z.infer<typeof target>>;

/** The pair that each exchange trades most of in dollars. */
const FIRST_SYMBOLS = {
  binanceus: 'BTC/USDT',
  binance: 'BTC/USDT',
  kraken: 'BTC/USD',
  coinbase: 'BTC/USD',
} as const satisfies Record<VenueId, string>;

/** @param fallback the exchange that the settings name */
export function loadTarget(settings: SettingsStore, fallback: VenueId): LiveTarget {
  const kept = target.safeParse(settings.get(KEY));
  return kept.success
    ? kept.data
    : { venue: fallback, symbol: FIRST_SYMBOLS[fallback], revision: 0 };
}

export function saveTarget(settings: SettingsStore, chosen: LiveTarget): void {
  settings.set(KEY, chosen);
}

export const TARGET_CHANGED = contractFailure(
  'SETTINGS_CHANGED',
  'The exchange or the symbol was changed in another window meanwhile. What holds is shown now: choose again.',
);
