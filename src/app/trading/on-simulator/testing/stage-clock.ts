/** Time of a stage: moved by hand, and standing still while anything is on its way between the app and the exchange. */

import type { Clock } from '../../clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** The clock of one run of the app. */
export interface RunClock extends Clock {
  /** Drops its timers, as the end of a process does. */
  end(): void;
}

export class StageClock {
  #now: number;
  readonly #timers = new Set<Timer>();
  readonly #settled: () => Promise<void>;

  /**
   * @param start ms UTC
   * @param settled resolves when nothing goes on any more without time
   */
  constructor(start: number, settled: () => Promise<void>) {
    this.#now = start;
    this.#settled = settled;
  }

  readonly now = (): number => this.#now;

  run(): RunClock {
    const own = new Set<Timer>();
    let isOver = false;
    return {
      now: this.now,
      setTimer: (ms, callback) => {
        if (isOver) return () => {};
        // A machine's clock tells whole milliseconds.
        const timer = { due: this.#now + Math.ceil(ms), callback };
        own.add(timer);
        this.#timers.add(timer);
        return () => {
          own.delete(timer);
          this.#timers.delete(timer);
        };
      },
      end: () => {
        isOver = true;
        for (const timer of own) this.#timers.delete(timer);
      },
    };
  }

  /** Moves on; timers come due in order, and whatever each begins is finished before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#settled();
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.due);
      timer.callback();
      await this.#settled();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
