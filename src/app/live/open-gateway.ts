/** Opens the way to a real exchange; the library behind it is loaded when it is first needed. */

import { systemClock } from '../trading/clock.ts';
import type { LiveGateway, OpenGateway } from './live-gateway.ts';

/** @param simulatorUrl in place of the exchange, where one is set */
export function openGateways(simulatorUrl: string | null): OpenGateway {
  return async (venue, credentials) => {
    const [{ CcxtGateway }, { tradingVenue }, { toSimulator }] = await Promise.all([
      import('../../exchanges/ccxt/gateway/gateway.ts'),
      import('../../exchanges/ccxt/gateway/trading-venue.ts'),
      import('../../exchanges/ccxt/simulator-fetch.ts'),
    ]);
    const gateway: unknown = new CcxtGateway({
      venue: tradingVenue(venue as 'binance'),
      credentials,
      clock: systemClock,
      fetch: simulatorUrl === null ? (url, init) => fetch(url, init) : toSimulator(simulatorUrl),
      ...(simulatorUrl === null ? {} : { requestGapMs: 10 }),
    });
    return gateway as LiveGateway;
  };
}
