/** A simulator whose clock stands still, and ccxt's own classes talking to it over real loopback HTTP. */

import { binance, binanceus } from 'ccxt';
import { onTestFinished } from 'vitest';
import { API_KEY, API_SECRET } from '../rest/signature.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';

export const START = Date.UTC(2026, 0, 15, 12, 0, 30);

export interface Stage extends Simulator {
  /** As the client of a careful person: with the right key, and the exchange's clock. */
  readonly client: binanceus;
  /** Another client, with another key, secret, timeout or clock. */
  readonly open: (change?: Readonly<Record<string, unknown>>) => binanceus;
  readonly openGlobal: () => binance;
}

/** Prices move only when the test moves them, unless it says otherwise. */
export async function openStage(options: Partial<SimulatorOptions> = {}): Promise<Stage> {
  const simulator = await startSimulator({
    market: { kind: 'still', seed: 1 },
    now: () => START,
    ...options,
  });
  onTestFinished(simulator.close);
  const settings = {
    apiKey: API_KEY,
    secret: API_SECRET,
    enableRateLimit: false,
    timeout: 5_000,
    milliseconds: () => simulator.control.truth().time,
    // ccxt keeps the exchange's own address, by which it also chooses how to read errors.
    fetchImplementation: (url: string, init: RequestInit) => {
      const { pathname, search } = new URL(url);
      return fetch(`${simulator.restUrl}${pathname}${search}`, init);
    },
  };
  const open = (change: Readonly<Record<string, unknown>> = {}): binanceus =>
    new binanceus({ ...settings, ...change });
  return { ...simulator, client: open(), open, openGlobal: () => new binance({ ...settings }) };
}

/** ccxt makes these methods from a table when it starts, so no type knows them. */
export async function implicit(
  client: binanceus,
  name: string,
  request: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const method: unknown = Reflect.get(client, name);
  if (typeof method !== 'function') throw new Error(`ccxt has no call ${name}.`);
  const answer: unknown = await Reflect.apply(method, client, [request]);
  if (!isRecord(answer)) throw new Error(`${name} answered neither an object nor a list.`);
  return answer;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
