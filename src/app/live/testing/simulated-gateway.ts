/** A gateway as trading opens it, through ccxt as it is, to the exchange simulator and in the story's time. */

import type { Simulator } from '../../../../e2e/exchange-simulator/simulator.ts';
import type { HeldAmounts } from '../../../core/ports/exchange.ts';
import { CcxtGateway } from '../../../exchanges/ccxt/gateway/gateway.ts';
import { tradingVenue } from '../../../exchanges/ccxt/gateway/trading-venue.ts';
import type { RunClock } from '../../trading/testing/live-clock.ts';
import type { Credentials } from '../live-gateway.ts';

interface SimulatedGateway {
  readonly venue: string;
  readonly credentials: Credentials;
  readonly clock: RunClock;
  readonly simulator: Simulator;
  /** What the exchange answers for what is held; `null` for the truth. */
  readonly held: () => HeldAmounts | null;
  /** How long an answer is waited for, in real time. */
  readonly answerMs: number;
  /** Whether the account's stream rings. */
  readonly hasStream: boolean;
}

export function simulatedGateway(options: SimulatedGateway): CcxtGateway {
  const { venue, credentials, clock, simulator, held, answerMs, hasStream } = options;
  if (venue !== 'binanceus' && venue !== 'binance') throw new Error(`No simulator of ${venue}.`);
  const row = tradingVenue(venue);
  return new CcxtGateway({
    venue: {
      ...row,
      balances: async (exchange) => held() ?? row.balances(exchange),
      open: (settings) => {
        const exchange = row.open(settings);
        // The exchange's time is the story's, so what is signed must be too.
        exchange.milliseconds = () => clock.now();
        return exchange;
      },
    },
    credentials,
    clock,
    fetch: (url, init) => {
      const { pathname, search } = new URL(url);
      return fetch(`${simulator.restUrl}${pathname}${search}`, init);
    },
    timeoutMs: answerMs,
    requestGapMs: 1,
    ...(hasStream && { stream: { server: simulator.wsUrl } }),
  });
}
