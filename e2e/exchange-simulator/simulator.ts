/** Starts the exchange simulator on loopback, for tests in the same process and for `npm run simulator`. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from './clock.ts';
import { createControl, createControlRoutes, type Control } from './control.ts';
import type { Units } from './decimal.ts';
import { createExchange, START_BALANCES, type MarketPlan } from './exchange.ts';
import { createFaults } from './faults.ts';
import { createApi } from './rest/api.ts';
import { CONTROL_PATH, createRestServer } from './rest/server.ts';
import { createPerson } from './person.ts';
import { createSight } from './sight.ts';
import { createListenKeys } from './stream/listen-keys.ts';
import { createStreams } from './stream/streams.ts';

export interface SimulatorOptions {
  /** 0 by default: any free one. */
  readonly port?: number;
  /** ms UTC; the computer's clock by default. A fixed one makes a run repeatable. */
  readonly now?: () => number;
  readonly market: MarketPlan;
  /** 10,000 USDT and 0.1 BTC by default. */
  readonly balances?: Readonly<Record<string, Units>>;
  /** How delays wait; a real timer by default. */
  readonly wait?: (ms: number) => Promise<void>;
  /** ms between two moves that nobody asked for; left out, the market moves only when asked or told to. */
  readonly moveEveryMs?: number;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`. */
  readonly restUrl: string;
  /** `ws://127.0.0.1:PORT`: market streams under `/ws` and `/stream`, the WebSocket API under `/ws-api/v3`. */
  readonly wsUrl: string;
  readonly controlUrl: string;
  readonly control: Control;
  /** WebSockets that are open. */
  readonly streamCount: () => number;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = createClock(options.now ?? Date.now);
  const faults = createFaults((fault) => streams.meet(fault));
  const exchange = createExchange({
    clock,
    market: options.market,
    balances: options.balances ?? START_BALANCES,
    matchPercent: faults.matchPercent,
  });
  const listenKeys = createListenKeys(exchange.now);
  const streams = createStreams({ exchange, faults, listenKeys });
  const sight = createSight(exchange);
  const person = createPerson({
    exchange,
    clientIdOf: (count) => `web_${count.toString().padStart(8, '0')}`,
    byClientId: (id) => exchange.store.open().find(({ clientOrderId }) => clientOrderId === id),
  });
  const control = createControl({ exchange, clock, faults, sight, person });
  const server = createRestServer({
    answer: createApi({
      exchange,
      sight,
      faults,
      listenKeys,
      restrictions: control.keyRestrictions,
    }),
    control: createControlRoutes(control),
    faults,
    wait: options.wait ?? ((ms) => sleep(ms, undefined, { ref: false })),
  });
  server.on('upgrade', streams.upgrade);
  const port = await listen(server, options.port ?? 0);
  const moving =
    options.moveEveryMs === undefined
      ? undefined
      : setInterval(exchange.catchUp, options.moveEveryMs);

  return {
    restUrl: `http://${HOST}:${port}`,
    wsUrl: `ws://${HOST}:${port}`,
    controlUrl: `http://${HOST}:${port}${CONTROL_PATH}`,
    control,
    streamCount: streams.count,
    close: async () => {
      clearInterval(moving);
      streams.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('There is no port.'));
      else resolve(address.port);
    });
  });
}
