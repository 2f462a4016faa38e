/** How a trading process dies: where in its work, and after how much of it. */

import { z } from 'zod';
import type { WireEnd } from './wire.ts';

export const deathSchema = z.strictObject({
  /**
   * `commit`: right after one. `sent`: with an order or a withdrawal just sent. `answered`: with the answer to it here
   * and not yet read. `outside`: whenever it is killed. `never`: it ends in good order once its books were compared.
   */
  at: z.enum(['commit', 'sent', 'answered', 'outside', 'never']),
  count: z.int(),
  /** Counted from the process's first moment on, and not from when its books were compared. */
  isEarly: z.boolean(),
});

export type Death = z.output<typeof deathSchema>;

/** Kills this process when its time has come. */
export class Executioner {
  /** Whether what happens counts already. */
  isCounting: boolean;
  readonly #death: Death;
  #left: number;

  constructor(death: Death) {
    this.#death = death;
    this.#left = death.count;
    this.isCounting = death.isEarly;
  }

  /** Something happened at which it may die. */
  pass(at: Death['at']): void {
    if (!this.isCounting || at !== this.#death.at) return;
    this.#left -= 1;
    if (this.#left <= 0) process.kill(process.pid, 'SIGKILL');
  }
}

/** Lets the process die around what changes something at the exchange. */
export function deadly(fetch: WireEnd['fetch'], executioner: Executioner): WireEnd['fetch'] {
  return async (url, init) => {
    if (init.method !== 'POST' && init.method !== 'DELETE') return fetch(url, init);
    const answer = fetch(url, init);
    // A turn later, the request has gone as far as it goes.
    setImmediate(() => setImmediate(() => executioner.pass('sent')));
    const response = await answer;
    executioner.pass('answered');
    return response;
  };
}
