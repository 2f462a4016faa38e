/** Starts an exchange on loopback that speaks Kraken's spot REST and its private streams, for tests in the same process. */

import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from '../exchange-simulator/clock.ts';
import { createControl, type Control } from '../exchange-simulator/control.ts';
import { units, type Units } from '../exchange-simulator/decimal.ts';
import { createExchange, type Exchange, type MarketPlan } from '../exchange-simulator/exchange.ts';
import { createPerson } from '../exchange-simulator/person.ts';
import {
  createSight,
  isSightFault,
  type Sight,
  type SightFault,
} from '../exchange-simulator/sight.ts';
import type { Truth } from '../exchange-simulator/truth.ts';
import { createApi } from './api.ts';
import { createKrakenFaults, type KrakenFaultInput, type KrakenFaults } from './faults.ts';
import { CAREFUL_KEY, type KeyRestrictions } from './key.ts';
import { createKrakenStreams } from './streams.ts';
import { createStreamTokens } from './stream-tokens.ts';
import { KRAKEN_FEES, krakenPairs, REWARDS } from './pairs.ts';
import { createKrakenServer } from './server.ts';
import { createTickets, txid, type Tickets } from './tickets.ts';

export interface KrakenOptions {
  readonly market: MarketPlan;
  /** 0 by default: any free one. */
  readonly port?: number;
  /** ms UTC; the computer's clock by default. A fixed one makes a run repeatable. */
  readonly now?: () => number;
  /** By plain names; 10,000 USDT and 0.1 BTC by default. */
  readonly balances?: Readonly<Record<string, Units>>;
  /** By pair, where a tick is to be coarser than the pair's decimals: ccxt looks at the decimals alone. */
  readonly ticks?: Readonly<Record<string, string>>;
  /** How delays wait; a real timer by default. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** As the other simulator's, and in the same plain names: `BTCUSDT`, `BTC`. */
export interface KrakenControl extends Pick<
  Control,
  | 'movePrice'
  | 'advance'
  | 'transfer'
  | 'placeByHand'
  | 'cancelByHand'
  | 'cancelAllByHand'
  | 'setFees'
  | 'setStatus'
> {
  readonly fault: (fault: KrakenFaultInput | SightFault) => void;
  /** Moves what is free to where it earns rewards: `BTC`, `0.05` to `XBT.F`. */
  readonly reward: (asset: string, amount: string) => void;
  readonly clearFaults: () => void;
  readonly setKeyRestrictions: (change: Partial<KeyRestrictions>) => void;
  readonly keyRestrictions: () => KeyRestrictions;
  /** Orders carry their cl_ord_id, or their txid where they have none. */
  readonly truth: () => Truth;
}

export interface KrakenSimulator {
  /** `http://127.0.0.1:PORT`, in the place of `https://api.kraken.com`. */
  readonly restUrl: string;
  /** `ws://127.0.0.1:PORT`, in the place of `wss://ws-auth.kraken.com`: private streams under `/v2`. */
  readonly wsUrl: string;
  readonly control: KrakenControl;
  /** WebSockets that are open. */
  readonly streamCount: () => number;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';

const START_BALANCES = { USDT: units('10000'), BTC: units('0.1'), ETH: 0n };

export async function startKrakenSimulator(options: KrakenOptions): Promise<KrakenSimulator> {
  const clock = createClock(options.now ?? Date.now);
  const faults = createKrakenFaults(() => streams.drop());
  const pairs = krakenPairs(options.ticks ?? {});
  const exchange = createExchange({
    clock,
    market: options.market,
    balances: options.balances ?? START_BALANCES,
    matchPercent: faults.matchPercent,
    symbols: pairs.map(({ rules }) => rules),
    fees: KRAKEN_FEES,
    rewards: REWARDS,
  });
  const tickets = createTickets(exchange);
  const tokens = createStreamTokens(exchange.now);
  const streams = createKrakenStreams({
    exchange,
    faults,
    tokens,
    ticketOf: tickets.of,
    pairOf: (symbol) => {
      const pair = pairs.find(({ rules }) => rules.name === symbol);
      if (pair === undefined) throw new Error(`Kraken has no name for ${symbol}.`);
      return pair;
    },
  });
  const sight = createSight(exchange);
  const person = createPerson({
    exchange,
    clientIdOf: (count) => `by-hand-${count}`,
    byClientId: tickets.openByClientId,
  });
  // Kraken's own faults are met by their own list.
  const none = { add: () => {}, clear: () => {} };
  const shared = createControl({ exchange, clock, faults: none, sight, person });
  const control = krakenControl(shared, { exchange, tickets, faults, sight });
  const server = createKrakenServer({
    answer: createApi({
      exchange,
      pairs,
      tickets,
      sight,
      tokens,
      faults,
      restrictions: control.keyRestrictions,
    }),
    faults,
    wait: options.wait ?? ((ms) => sleep(ms, undefined, { ref: false })),
  });
  server.on('upgrade', streams.upgrade);
  const port = await listen(server, options.port ?? 0);
  return {
    restUrl: `http://${HOST}:${port}`,
    wsUrl: `ws://${HOST}:${port}`,
    control,
    streamCount: streams.count,
    close: () => {
      streams.close();
      return closed(server);
    },
  };
}

interface Behind {
  readonly exchange: Exchange;
  readonly tickets: Tickets;
  readonly faults: KrakenFaults;
  readonly sight: Sight;
}

function krakenControl(
  shared: Control,
  { exchange, tickets, faults, sight }: Behind,
): KrakenControl {
  let restrictions = CAREFUL_KEY;
  const clientIdOf = (orderId: number): string => {
    const order = exchange.store.byId(orderId);
    return (order && tickets.of(order).clientId) ?? txid({ orderId });
  };
  return {
    movePrice: shared.movePrice,
    advance: shared.advance,
    transfer: shared.transfer,
    placeByHand: (asked) => {
      const placed = shared.placeByHand(asked);
      const order = exchange.store.byId(placed.orderId);
      if (order) tickets.saveByHand(order);
      return { ...placed, clientOrderId: txid(placed) };
    },
    cancelByHand: shared.cancelByHand,
    cancelAllByHand: shared.cancelAllByHand,
    setFees: shared.setFees,
    setStatus: shared.setStatus,
    reward: (asset, amount) => exchange.account.reward(asset, units(amount)),
    fault: (fault) => (isSightFault(fault) ? sight.add(fault) : faults.add(fault)),
    clearFaults: () => {
      faults.clear();
      sight.clear();
    },
    setKeyRestrictions: (change) => {
      restrictions = { ...restrictions, ...change };
    },
    keyRestrictions: () => restrictions,
    truth: () => {
      const truth = shared.truth();
      const orders = truth.orders.map((order) => ({
        ...order,
        clientOrderId: clientIdOf(order.orderId),
      }));
      return { ...truth, orders };
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('There is no port.'));
      else resolve(address.port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
