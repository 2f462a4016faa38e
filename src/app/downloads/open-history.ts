/** Opens an exchange's past for downloads; the library behind it is loaded when it is first needed. */

import { join } from 'node:path';
import type { VenueId } from '../../contract/live.ts';
import type { BarHistory } from '../../exchanges/ccxt/bar-history.ts';
import { systemClock } from '../trading/clock.ts';

export type OpenHistory = (venue: VenueId) => Promise<BarHistory>;

/** ms between two requests to a simulator, which nobody else asks. */
const SIMULATOR_GAP_MS = 2;

/** @param simulatorUrl in place of the exchange, where one is set */
export function historyOpener(simulatorUrl: string | null): OpenHistory {
  return async (venue) => {
    const [{ openBarHistory }, { toSimulator }] = await Promise.all([
      import('../../exchanges/ccxt/bar-history.ts'),
      import('../../exchanges/ccxt/simulator-fetch.ts'),
    ]);
    const settings = { venue, clock: systemClock, random: Math.random };
    if (simulatorUrl === null) return openBarHistory(settings);
    const requestGapMs = SIMULATOR_GAP_MS;
    return openBarHistory({ ...settings, fetch: toSimulator(simulatorUrl), requestGapMs });
  };
}

/** A simulator's bars are kept apart: they must never pass for an exchange's. */
export function seriesFolder(dataDir: string, simulatorUrl: string | null): string {
  return join(dataDir, simulatorUrl === null ? 'series' : 'series-simulated');
}
