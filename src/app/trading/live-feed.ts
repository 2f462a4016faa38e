/** Opens an exchange's public data as a feed; the library behind it is loaded when it is first needed. */

import { systemClock } from './clock.ts';
import type { OpenFeed } from './trading-side.ts';

const VENUES = ['binanceus', 'binance', 'kraken', 'coinbase'] as const;

function isVenue(name: string): name is (typeof VENUES)[number] {
  return (VENUES as readonly string[]).includes(name);
}

export async function openLiveFeed(venue: string): Promise<OpenFeed | null> {
  if (!isVenue(venue)) return null;
  const { createCcxtFeed } = await import('../../exchanges/ccxt/public-feed.ts');
  return createCcxtFeed({ venue, clock: systemClock, random: Math.random });
}
