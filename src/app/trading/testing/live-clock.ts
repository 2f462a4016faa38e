/** Time that a test moves by hand: timers come due in order, and whatever they begin is finished in between. */

import type { Clock } from '../clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** The clock of one run of the app. */
export interface RunClock extends Clock {
  /** Drops its timers, as the end of a process does. */
  end(): void;
}

export class LiveClock {
  /** What the machine's clock says, less what has really passed, ms. */
  #offset: number;
  #passed = 0;
  readonly #timers = new Set<Timer>();

  /** @param start ms UTC */
  constructor(start: number) {
    this.#offset = start;
  }

  get now(): number {
    return this.#offset + this.#passed;
  }

  /** How many are set: whoever has set one waits for time alone. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Sets the machine's clock; timers do not mind. */
  set(time: number): void {
    this.#offset = time - this.#passed;
  }

  run(): RunClock {
    const own = new Set<Timer>();
    return {
      now: () => this.now,
      setTimer: (ms, callback) => {
        const timer = { due: this.#passed + ms, callback };
        own.add(timer);
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
      end: () => {
        for (const timer of own) this.#timers.delete(timer);
      },
    };
  }

  async advance(ms: number): Promise<void> {
    const end = this.#passed + ms;
    await settled();
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#timers.delete(timer);
      this.#passed = Math.max(this.#passed, timer.due);
      timer.callback();
      await settled();
    }
    this.#passed = end;
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers]
      .filter(({ due }) => due <= end)
      .sort((one, other) => one.due - other.due)[0];
  }
}

/** Resolves when every promise that can go on without time or a disk has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
