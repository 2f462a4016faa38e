/** Opens an exchange's public data as a feed; the library behind it is loaded when it is first needed. */

import { VENUE_IDS, type VenueId } from '../../contract/live.ts';
import { systemClock } from './clock.ts';
import type { OpenFeed } from './trading-side.ts';

function isVenue(name: string): name is VenueId {
  return (VENUE_IDS as readonly string[]).includes(name);
}

/** ms: nothing is bought by a price of more than ten seconds ago, so one that still holds is told every five. */
const FRESH = { pollMs: 5_000, quietMs: 5_000 };

/** @param simulatorUrl in place of the exchange, where one is set @returns `null` for a venue that does not exist */
export async function openLiveFeed(
  venue: string,
  simulatorUrl: string | null,
): Promise<OpenFeed | null> {
  if (!isVenue(venue)) return null;
  const { createCcxtFeed } = await import('../../exchanges/ccxt/public-feed.ts');
  const settings = { venue, clock: systemClock, random: Math.random, ...FRESH };
  if (simulatorUrl === null) return createCcxtFeed(settings);
  const { toSimulator } = await import('../../exchanges/ccxt/simulator-fetch.ts');
  const feed = createCcxtFeed({
    ...settings,
    fetch: toSimulator(simulatorUrl),
    streamServer: new URL(simulatorUrl).origin.replace(/^http/, 'ws'),
  });
  return { ...feed, name: `${feed.name} (simulator)` };
}
