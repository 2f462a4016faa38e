/** What a person is told of a holding: once when coins are not guarded or not sold, and once when that is over. */

import type { AlertCode } from '../events.ts';
import type { Desk } from './desk.ts';

/** Worst last: what is told of the worse says the lesser too. */
const LEVELS = ['nothing', 'unguarded', 'not-sold'] as const;

export type AlarmLevel = (typeof LEVELS)[number];

/** As kept between two runs. */
export interface AlarmState {
  readonly told: AlarmLevel;
  /**
   * Since when coins may be held without a proven stop, ms of the pulse; `undated` until this computer's time is heard;
   * `null` while there are none.
   */
  readonly since: number | 'undated' | null;
}

/** From the moment that coins may be held to the proof of their stop, ms. After it the person is told. */
const PROTECTION_DEADLINE_MS = 2_000;

export class Alarm {
  readonly #botId: string;
  readonly #desk: Desk;
  #told: AlarmLevel = 'nothing';
  #since: AlarmState['since'] = null;

  constructor(botId: string, desk: Desk) {
    this.#botId = botId;
    this.#desk = desk;
  }

  get isRaised(): boolean {
    return this.#told !== 'nothing';
  }

  /** Tells, unless as much has been told already. */
  raise(level: AlarmLevel, code: AlertCode, sentence: string): void {
    if (LEVELS.indexOf(level) <= LEVELS.indexOf(this.#told)) return;
    this.#told = level;
    this.#desk.alert(code, this.#botId, sentence);
  }

  /** Tells that it is over, where it was told that it began. */
  end(code: AlertCode, sentence: string): void {
    if (this.#told === 'nothing') return;
    this.#told = 'nothing';
    this.#desk.alert(code, this.#botId, sentence);
  }

  /** What was told has ended in something else that is told. */
  drop(): void {
    this.#told = 'nothing';
  }

  /** Coins may be held and no stop is proven: the clock runs. @param describe what is told when its time is up */
  unguarded(describe: () => string): void {
    const { pulse, isDated } = this.#desk;
    if (this.#since === null) this.#date(isDated ? pulse.now : 'undated');
    else if (this.#since === 'undated' && isDated) this.#date(pulse.now);
    if (this.#told !== 'nothing') return;
    if (this.#since === 'undated') return this.#desk.wakeBy(-Infinity);
    const until = (this.#since ?? pulse.now) + PROTECTION_DEADLINE_MS;
    if (pulse.now < until) return this.#desk.wakeBy(until);
    this.raise('unguarded', 'POSITION_UNGUARDED', describe());
  }

  /** Whatever is held is guarded, or nothing is. */
  guarded(): void {
    if (this.#since !== null) this.#date(null);
  }

  state(): AlarmState {
    return { told: this.#told, since: this.#since };
  }

  /** Kept before there was a deadline: it begins to run when the time is first heard. */
  restore(state: AlarmState | undefined): void {
    this.#told = state?.told ?? 'nothing';
    this.#since = state?.since ?? null;
  }

  /** Told to the books: what follows from it must follow from the journal too. */
  #date(since: AlarmState['since']): void {
    this.#since = since;
    this.#desk.changed(this.#botId);
  }
}
