/** How a trading process dies: where in its work, and after how much of it. */

import { z } from 'zod';

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
