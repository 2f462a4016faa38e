/** The wire between an app and the exchange simulator: real HTTP, whose silences end with the stage's time. */

import type { Clock } from '../../clock.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Requests as faults are aimed at them: the path by its end. */
export interface Target {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
}

export interface WireEnd {
  readonly fetch: Fetch;
  /** Ends every request, as the end of a process does. */
  cut(): void;
}

/** A request that is not answered within this much real time waits for the stage's time to go on, ms. */
const SILENCE_MS = 60;

/** Turns of the event loop in which nothing is sent before all is said. */
const CALM_TURNS = 6;

export class Wire {
  /** Client ids of orders, each as often as it was sent. */
  readonly placed: string[] = [];
  /** How often each method and path was asked. */
  readonly #requests = new Map<string, number>();
  /** Sent, and neither answered nor silent for too long. */
  #travelling = 0;
  #sent = 0;
  #arrive: () => void = () => {};
  readonly #onPlaced: (clientId: string) => void;

  /** @param onPlaced told of each client id before it is sent */
  constructor(onPlaced: (clientId: string) => void = () => {}) {
    this.#onPlaced = onPlaced;
  }

  /** How many requests a fault that is aimed there could have met so far. */
  count({ method, path }: Target): number {
    return [...this.#requests]
      .filter(([name]) => name.startsWith(`${method} `) && name.endsWith(path))
      .reduce((sum, [, times]) => sum + times, 0);
  }

  /**
   * The end of the wire that one run of the app holds.
   * @param server `http://127.0.0.1:PORT`
   * @param clock ends requests that nobody answers
   * @param timeoutMs of the clock's time
   */
  plugIn(server: string, clock: Clock, timeoutMs: number): WireEnd {
    const endings = new Set<AbortController>();
    let isCut = false;
    return {
      fetch: async (url, { signal: _, ...init }) => {
        // What a dead process still does reaches nobody.
        if (isCut) throw new TypeError('fetch failed');
        const { pathname, search } = new URL(url);
        this.#note(init, pathname, search);
        const ending = new AbortController();
        endings.add(ending);
        const callOff = clock.setTimer(timeoutMs, () => ending.abort());
        try {
          const { signal } = ending;
          return await this.#watched(`${server}${pathname}${search}`, { ...init, signal });
        } catch (error) {
          if (ending.signal.aborted) throw new DOMException('No answer in time.', 'TimeoutError');
          throw error;
        } finally {
          callOff();
          endings.delete(ending);
        }
      },
      cut() {
        isCut = true;
        for (const ending of endings) ending.abort();
      },
    };
  }

  /** Resolves when nothing travels and nothing more is sent without time. */
  async settled(): Promise<void> {
    for (let calm = 0; calm < CALM_TURNS;) {
      const sent = this.#sent;
      if (this.#travelling > 0) await this.#arrival();
      await turn();
      calm = this.#travelling > 0 || sent !== this.#sent ? 0 : calm + 1;
    }
  }

  async #watched(url: string, init: RequestInit): Promise<Response> {
    this.#travelling += 1;
    const request: { isSilent: boolean } = { isSilent: false };
    const silence = setTimeout(() => {
      request.isSilent = true;
      this.#arrived();
    }, SILENCE_MS);
    try {
      const response = await fetch(url, init);
      // Read in here: until then it travels.
      const body = await response.text();
      return new Response(body === '' ? null : body, response);
    } finally {
      clearTimeout(silence);
      if (!request.isSilent) this.#arrived();
    }
  }

  #arrived(): void {
    this.#travelling -= 1;
    this.#arrive();
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrive = resolve;
    });
  }

  #note({ method = 'GET', body }: RequestInit, pathname: string, search: string): void {
    this.#sent += 1;
    const name = `${method} ${pathname}`;
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
    if (method !== 'POST') return;
    const asked = new URLSearchParams(typeof body === 'string' ? body : search);
    for (const [key, clientId] of asked) {
      if (!CLIENT_IDS.has(key)) continue;
      this.placed.push(clientId);
      this.#onPlaced(clientId);
    }
  }
}

/** What Binance calls the ids that we give our orders. */
const CLIENT_IDS: ReadonlySet<string> = new Set([
  'newClientOrderId',
  'limitClientOrderId',
  'stopClientOrderId',
  'aboveClientOrderId',
  'belowClientOrderId',
]);

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
