/** Opens the way to a real exchange; the library behind it is loaded when it is first needed. */

import { systemClock } from '../trading/clock.ts';
import type { OpenGateway } from './live-gateway.ts';

/** ms between two requests to a simulator, which nobody else asks. */
const SIMULATOR_GAP_MS = 10;

/** @param simulatorUrl in place of the exchange, where one is set */
export function openGateways(simulatorUrl: string | null): OpenGateway {
  return async (venue, credentials) => {
    const [{ CcxtGateway }, { tradingVenue }, { toSimulator }] = await Promise.all([
      import('../../exchanges/ccxt/gateway/gateway.ts'),
      import('../../exchanges/ccxt/gateway/trading-venue.ts'),
      import('../../exchanges/ccxt/simulator-fetch.ts'),
    ]);
    const settings = { venue: tradingVenue(venue), credentials, clock: systemClock };
    if (simulatorUrl === null) {
      return new CcxtGateway({ ...settings, fetch: (url, init) => fetch(url, init), stream: {} });
    }
    const { host } = new URL(simulatorUrl);
    return new CcxtGateway({
      ...settings,
      fetch: toSimulator(simulatorUrl),
      requestGapMs: SIMULATOR_GAP_MS,
      stream: { server: `ws://${host}` },
    });
  };
}
