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

interface Setting {
  readonly credentials?: Credentials;
  /** In the exchange's smallest units; its usual ones by default. */
  readonly balances?: Readonly<Record<string, bigint>>;
  /** Real ms until an unanswered request is given up: short where the exchange is to be silent. */
  readonly timeoutMs?: number;
}

export async function aGateway(
  id: TradingVenueId = 'binanceus',
  { credentials = KEY, balances, timeoutMs = 250 }: Setting = {},
): Promise<GatewayStage> {
  const simulator = await startSimulator({
    market: { kind: 'still', seed: 1 },
    ...(balances && { balances }),
  });
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
    random: () => 0,
    timeoutMs,
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
      if (clock.waits().length === 0) return;
      clock.advance(WATCH_MS);
      await gateway.watched();
    },
  };
}
