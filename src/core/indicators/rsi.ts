/**
 * Relative strength index, 0 to 100 (J. W. Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib RSI):
 * 100 × gain / (gain + loss), both smoothed by Wilder's rule. Defined from index `period`; 0 where nothing has moved.
 */

import { checkPeriod } from './period.ts';
import { WilderMean } from './wilder.ts';

export class IncrementalRsi {
  readonly #gain: WilderMean;
  readonly #loss: WilderMean;
  #previous = NaN;

  constructor(period: number) {
    checkPeriod('the RSI', period, 2);
    this.#gain = new WilderMean(period);
    this.#loss = new WilderMean(period);
  }

  push(value: number): number {
    const change = value - this.#previous;
    this.#previous = value;
    if (Number.isNaN(change)) return NaN;
    const gain = this.#gain.push(Math.max(change, 0));
    const loss = this.#loss.push(Math.max(-change, 0));
    const moved = gain + loss;
    return moved === 0 ? 0 : 100 * (gain / moved);
  }
}
