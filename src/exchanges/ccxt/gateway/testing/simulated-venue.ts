/** The conformance stories' exchanges: gateways to simulators, an account without money, and a hand on its market. */

import { onTestFinished } from 'vitest';
import { API_KEY, API_SECRET, CAREFUL_KEY } from '../../../../../e2e/kraken-simulator/key.ts';
import {
  startKrakenSimulator,
  type KrakenSimulator,
} from '../../../../../e2e/kraken-simulator/simulator.ts';
import type { ExchangeStage } from '../../../conformance/stage.ts';
import type { Fetch } from '../../bounded-fetch.ts';
import { toSimulator } from '../../simulator-fetch.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { aGateway, BTC, openGateway, START, type OpenedGateway } from './gateway-stage.ts';

/** ms; a busy machine takes its time. */
const TIMEOUT_MS = 5_000;

const NO_MONEY = { BTC: 0n, USDT: 0n };

interface Hand {
  movePrice(symbol: string, price: string): void;
  transfer(asset: string, amount: string): void;
}

function stageOf(
  { gateway, look }: OpenedGateway,
  hand: Hand,
  feesFrom: 'quote' | 'received',
): ExchangeStage {
  hand.movePrice('BTCUSDT', '100');
  return {
    exchange: gateway,
    instrument: BTC,
    feesFrom,
    tellsReasons: false,
    fund: async (currency, amount) => hand.transfer(currency, String(amount)),
    trade: async (price) => {
      hand.movePrice('BTCUSDT', String(price));
      await look();
    },
  };
}

export async function simulatedBinance(id: 'binanceus' | 'binance'): Promise<ExchangeStage> {
  const stage = await aGateway(id, { balances: NO_MONEY, timeoutMs: TIMEOUT_MS });
  return stageOf(stage, stage.simulator.control, 'received');
}

export interface KrakenStage extends OpenedGateway {
  readonly simulator: KrakenSimulator;
  /** What was sent with a call, oldest first: `AddOrder`. */
  sent(call: string): readonly Readonly<Record<string, string>>[];
}

interface KrakenSetting {
  /** In the exchange's smallest units; its usual ones by default. */
  readonly balances?: Readonly<Record<string, bigint>>;
  /** Real ms until an unanswered request is given up. */
  readonly timeoutMs?: number;
  /** Real ms between two requests that Kraken counts once. */
  readonly requestGapMs?: number;
  readonly hasStream?: boolean;
  /** Whether the key may have no token for the account's stream. */
  readonly isRefused?: boolean;
}

export async function aKrakenGateway({
  balances,
  timeoutMs = TIMEOUT_MS,
  requestGapMs = 1,
  hasStream = false,
  isRefused = false,
}: KrakenSetting = {}): Promise<KrakenStage> {
  const clock = createVirtualClock(START);
  const simulator = await startKrakenSimulator({
    market: { kind: 'still', seed: 1 },
    now: clock.now,
    ...(balances && { balances }),
  });
  onTestFinished(() => simulator.close());
  if (isRefused) {
    const permissions = CAREFUL_KEY.permissions.filter((each) => each !== 'create-ws-token');
    simulator.control.setKeyRestrictions({ permissions });
  }
  const credentials = { apiKey: API_KEY, secret: API_SECRET };
  const stream = hasStream ? { stream: { server: simulator.wsUrl } } : {};
  const ask = toSimulator(simulator.restUrl);
  const requests: { readonly url: string; readonly body: Readonly<Record<string, string>> }[] = [];
  const fetch: Fetch = (url, init) => {
    const body = typeof init.body === 'string' ? init.body : '';
    requests.push({ url, body: Object.fromEntries(new URLSearchParams(body)) });
    return ask(url, init);
  };
  return {
    simulator,
    sent: (call) => requests.filter(({ url }) => url.endsWith(`/${call}`)).map(({ body }) => body),
    ...openGateway({
      id: 'kraken',
      credentials,
      clock,
      fetch,
      timeoutMs,
      requestGapMs,
      ...stream,
    }),
  };
}

export async function simulatedKraken(): Promise<ExchangeStage> {
  const stage = await aKrakenGateway({ balances: NO_MONEY });
  return stageOf(stage, stage.simulator.control, 'quote');
}
