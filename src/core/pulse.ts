/**
 * Time as this computer tells it, for pauses and deadlines: it only goes forward, also where the clock is set back.
 * Prices, bars and fills bring the exchange's time and do not move it.
 */

/** As it is kept between two runs, ms. */
export interface PulseState {
  readonly now: number | null;
  readonly offset: number;
}

/** A clock that is further behind than this was set back; less is news that was overtaken on its way, ms. */
const SET_BACK_MS = 20_000;

export class Pulse {
  #now = -Infinity;
  /** What the clock has been set back by so far, ms. */
  #offset = 0;

  /** ms; only differences mean something. */
  get now(): number {
    return this.#now;
  }

  /** A moment of this time as the clock shows it, ms UTC. */
  clockTime(moment: number): number {
    return moment - this.#offset;
  }

  /**
   * @param time as the clock shows it, ms UTC
   * @param mayBeLate whether it may have been told late: then a clock is not believed to have been set back
   * @returns whether the clock was set back
   */
  hear(time: number, mayBeLate: boolean): boolean {
    const moment = time + this.#offset;
    if (moment >= this.#now) {
      this.#now = moment;
      return false;
    }
    if (mayBeLate || this.#now - moment <= SET_BACK_MS) return false;
    this.#offset = this.#now - time;
    return true;
  }

  state(): PulseState {
    return { now: Number.isFinite(this.#now) ? this.#now : null, offset: this.#offset };
  }

  restore({ now, offset }: PulseState): void {
    this.#now = now ?? -Infinity;
    this.#offset = offset;
  }
}
