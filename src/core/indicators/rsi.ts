/**
 * Relative strength index, 0 to 100 (J. W. Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib RSI):
 * 100 × gain / (gain + loss), both smoothed by Wilder's rule. Defined from index `period`.
 *
 * Where nothing has moved, the quotient is 0 / 0, and whoever gives it a number makes one up: TA-Lib says 0, other
 * libraries 50 or 100, and each of them reads as an opinion, "oversold" or "overbought". Here it is NaN, as before the
 * warm-up, and every comparison with it is false: a strategy neither enters nor leaves on it. The same holds once the
 * moves that Wilder's smoothing still remembers are smaller than what the price itself can be written in.
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
    return moved <= Number.EPSILON * Math.abs(value) ? NaN : 100 * (gain / moved);
  }
}
