/** A Kraken whose clock stands still, and ccxt's own class talking to it over real loopback HTTP. */

import { kraken } from 'ccxt';
import { onTestFinished } from 'vitest';
import { API_KEY, API_SECRET } from '../key.ts';
import { startKrakenSimulator, type KrakenOptions, type KrakenSimulator } from '../simulator.ts';

export const START = Date.UTC(2026, 0, 15, 12, 0, 30);

export interface Stage extends KrakenSimulator {
  readonly client: kraken;
  /** Another client, with another key, secret or timeout. */
  readonly open: (change?: Readonly<Record<string, unknown>>) => kraken;
  /** The bodies that the exchange answered with, latest last. */
  readonly bodies: readonly string[];
}

/** Prices move only when the test moves them, unless it says otherwise. */
export async function openStage(options: Partial<KrakenOptions> = {}): Promise<Stage> {
  const simulator = await startKrakenSimulator({
    market: { kind: 'still', seed: 1 },
    now: () => START,
    ...options,
  });
  onTestFinished(simulator.close);
  const bodies: string[] = [];
  // ccxt takes the time for a nonce, and two calls in one millisecond for granted not to happen.
  let nonce = 0;
  const settings = {
    apiKey: API_KEY,
    secret: API_SECRET,
    enableRateLimit: false,
    timeout: 5_000,
    nonce: () => (nonce += 1),
    fetchImplementation: async (url: string, init: RequestInit) => {
      const response = await fetch(url.replace('https://api.kraken.com', simulator.restUrl), init);
      bodies.push(await response.clone().text());
      return response;
    },
  };
  const open = (change: Readonly<Record<string, unknown>> = {}): kraken =>
    new kraken({ ...settings, ...change });
  return { ...simulator, client: open(), open, bodies };
}

/** ccxt makes these methods from a table when it starts, so no type knows them. */
export async function implicit(
  client: kraken,
  name: string,
  request: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const method: unknown = Reflect.get(client, name);
  if (typeof method !== 'function') throw new Error(`ccxt has no call ${name}.`);
  return Reflect.apply(method, client, [request]);
}
