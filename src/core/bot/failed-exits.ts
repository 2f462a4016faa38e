/** What follows where a sale or a guard has failed: the exchange is compared with the books, and the person is told. */

import type { Instrument } from '../domain/instrument.ts';
import type { Alarm } from './alarm.ts';
import type { Desk } from './desk.ts';
import { isWorthTelling, type ExitFailure, type Trouble } from './exit-policy.ts';
import { notRestingSentence, notSoldSentence } from './holding-sentences.ts';

export class FailedExits {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #alarm: Alarm;
  readonly #desk: Desk;

  constructor(botId: string, instrument: Instrument, alarm: Alarm, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#alarm = alarm;
    this.#desk = desk;
  }

  /** @param note the exchange's own words */
  saleFailed(failure: ExitFailure, trouble: Trouble | null, note: string | null): void {
    if (failure === 'for-now' || failure === 'our-fault') this.#askForReconciliation();
    if (trouble === null || !isWorthTelling(trouble)) return;
    const sentence = notSoldSentence(this.#instrument.symbol, trouble, note);
    this.#alarm.raise('not-sold', 'EXIT_FAILED', sentence);
  }

  /** @param note the exchange's own words */
  guardFailed(failure: ExitFailure, trouble: Trouble | null, note: string | null): void {
    if (failure === 'for-now' || failure === 'taken-away') this.#askForReconciliation();
    if (trouble === null || !isWorthTelling(trouble)) return;
    const sentence = notRestingSentence(this.#instrument.symbol, trouble, note);
    this.#alarm.raise('unguarded', 'STOP_NOT_RESTING', sentence);
  }

  /** It may be that the coins are not there: the exchange has to be believed before more is sent. */
  #askForReconciliation(): void {
    if (!this.#desk.isPaced) return;
    const { symbol } = this.#instrument;
    this.#desk.decide({ kind: 'reconcile', botId: this.#botId, symbol });
  }
}
