/** How many orders and cancellations go out, as whoever is at the other end counts them. */

import type { GatewayOptions } from '../../../../exchanges/ccxt/gateway/gateway.ts';

type Fetch = GatewayOptions['fetch'];

const TEN_SECONDS_MS = 10_000;
const MINUTE_MS = 60_000;

/** Where orders are placed and withdrawn: Binance's and Kraken's. */
const ORDER_PATHS = [/\/order(List)?(\/oco)?$/u, /\/(AddOrder|CancelOrder)$/u];

export class OrderRate {
  readonly #now: () => number;
  /** ms UTC, oldest first. */
  #sent: number[] = [];
  #count = 0;
  #mostInTenSeconds = 0;
  #mostInMinute = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get figures() {
    return {
      requests: this.#count,
      inTenSeconds: this.#mostInTenSeconds,
      inMinute: this.#mostInMinute,
    };
  }

  watch(fetch: Fetch): Fetch {
    return (url, init) => {
      const { pathname } = new URL(url);
      const isChange = init.method === 'POST' || init.method === 'DELETE';
      if (isChange && ORDER_PATHS.some((path) => path.test(pathname))) this.note();
      return fetch(url, init);
    };
  }

  note(): void {
    const now = this.#now();
    this.#count += 1;
    this.#sent.push(now);
    this.#sent = this.#sent.filter((at) => at > now - MINUTE_MS);
    const recent = this.#sent.filter((at) => at > now - TEN_SECONDS_MS);
    this.#mostInMinute = Math.max(this.#mostInMinute, this.#sent.length);
    this.#mostInTenSeconds = Math.max(this.#mostInTenSeconds, recent.length);
  }
}
