/** A gateway to the exchange simulator, through ccxt's own class as it is. */

import { onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import type { OrderEvent } from '../../../../core/orders/order-record.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import { CcxtGateway } from '../gateway.ts';
import { tradingVenue, type TradingVenueId } from '../trading-venue.ts';
import type { Credentials } from '../venue-row.ts';

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  priceStep: 0.01,
  minCost: 10,
};

const KEY: Credentials = { apiKey: 'simulator-key', secret: 'simulator-secret' };

/** Between two looks at open orders, ms of virtual time. */
const WATCH_MS = 2_000;

export interface GatewayStage {
  readonly simulator: Simulator;
  readonly gateway: CcxtGateway;
  readonly clock: VirtualClock;
  /** Everything the gateway has told by itself. */
  readonly news: readonly OrderEvent[];
  /** Moves on to the next look at the open orders, and waits until it is over. */
  look(): Promise<void>;
}

export async function aGateway(
  id: TradingVenueId = 'binanceus',
  credentials: Credentials = KEY,
): Promise<GatewayStage> {
  const simulator = await startSimulator({ market: { kind: 'still', seed: 1 } });
  const clock = createVirtualClock(0);
  const gateway = new CcxtGateway({
    venue: tradingVenue(id),
    credentials,
    clock,
    // The address changes and nothing else: ccxt chooses Binance's error table by it.
    fetch(url, init) {
      const { pathname, search } = new URL(url);
      return fetch(`${simulator.restUrl}${pathname}${search}`, init);
    },
    timeoutMs: 250,
    watchMs: WATCH_MS,
    requestGapMs: 1,
  });
  const news: OrderEvent[] = [];
  gateway.listen((event) => news.push(event));
  onTestFinished(async () => {
    gateway.close();
    await simulator.close();
  });
  return {
    simulator,
    gateway,
    clock,
    news,
    async look() {
      await clock.armed(1);
      clock.advance(WATCH_MS);
      await gateway.watched();
    },
  };
}
