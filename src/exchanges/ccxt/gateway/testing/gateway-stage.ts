/** A gateway to an exchange on this computer, through ccxt's own class as it is, on a clock that a test moves. */

import { onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import type { OrderEvent } from '../../../../core/orders/order-record.ts';
import type { Fetch } from '../../bounded-fetch.ts';
import { toSimulator } from '../../simulator-fetch.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import { CcxtGateway, type Bell, type StreamOptions } from '../gateway.ts';
import { tradingVenue, type TradingVenueId } from '../trading-venue.ts';
import type { Credentials } from '../credentials.ts';

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  minAmount: null,
  priceStep: 0.01,
  minCost: 10,
};

export const SIMULATOR_KEY: Credentials = { apiKey: 'simulator-key', secret: 'simulator-secret' };

export const START = Date.UTC(2026, 0, 15, 12, 0, 30);

/** Between two looks at open orders, ms of virtual time. */
const WATCH_MS = 2_000;

export interface OpenedGateway {
  readonly gateway: CcxtGateway;
  readonly clock: VirtualClock;
  /** Everything the gateway has told by itself. */
  readonly news: readonly OrderEvent[];
  /** What its stream has rung for. */
  readonly bells: readonly Bell[];
  /** Moves on to the next look at the open orders, and waits until it is over. */
  look(): Promise<void>;
}

interface Opening {
  readonly id: TradingVenueId;
  readonly credentials: Credentials;
  readonly clock: VirtualClock;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  /** 1 by default. */
  readonly requestGapMs?: number;
  /** None by default: orders are looked at again and again alone. */
  readonly stream?: StreamOptions;
}

export function openGateway({ id, clock, ...opening }: Opening): OpenedGateway {
  const gateway = new CcxtGateway({
    venue: tradingVenue(id),
    clock,
    random: () => 0,
    watchMs: WATCH_MS,
    requestGapMs: 1,
    ...opening,
  });
  const news: OrderEvent[] = [];
  const bells: Bell[] = [];
  gateway.onBell((bell) => bells.push(bell));
  gateway.listen((event) => news.push(event));
  onTestFinished(() => gateway.close());
  return {
    gateway,
    clock,
    news,
    bells,
    async look() {
      if (clock.waits().length === 0) return;
      clock.advance(WATCH_MS);
      await gateway.watched();
    },
  };
}

export interface GatewayStage extends OpenedGateway {
  readonly simulator: Simulator;
}

interface Setting {
  readonly credentials?: Credentials;
  /** In the exchange's smallest units; its usual ones by default. */
  readonly balances?: Readonly<Record<string, bigint>>;
  /** Real ms until an unanswered request is given up: short where the exchange is to be silent. */
  readonly timeoutMs?: number;
  readonly hasStream?: boolean;
  /** Whether nobody may subscribe to the account's stream. */
  readonly isRefused?: boolean;
}

/** A gateway to the simulator that speaks Binance's REST. */
export async function aGateway(
  id: 'binanceus' | 'binance' = 'binanceus',
  {
    credentials = SIMULATOR_KEY,
    balances,
    timeoutMs = 250,
    hasStream = false,
    isRefused = false,
  }: Setting = {},
): Promise<GatewayStage> {
  const clock = createVirtualClock(START);
  const simulator = await startSimulator({
    market: { kind: 'still', seed: 1 },
    now: clock.now,
    ...(balances && { balances }),
  });
  onTestFinished(() => simulator.close());
  simulator.control.fault({ kind: 'refused-streams', on: isRefused });
  const fetch = toSimulator(simulator.restUrl);
  const stream = hasStream ? { stream: { server: simulator.wsUrl } } : {};
  return { simulator, ...openGateway({ id, credentials, clock, fetch, timeoutMs, ...stream }) };
}
