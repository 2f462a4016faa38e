/**
 * Moving average convergence/divergence (G. Appel; TA-Lib MACD): line = fast EMA − slow EMA, signal = EMA of the line,
 * histogram = line − signal. As in TA-Lib both averages begin at the same bar, `slow − 1`, the fast one seeded with the
 * mean of the `fast` values that end there, and all three outputs begin with the signal, at `slow + signal − 2`.
 */

import { IncrementalEma } from './ema.ts';
import { checkPeriod } from './period.ts';

export class IncrementalMacd {
  readonly #fast: IncrementalEma;
  readonly #slow: IncrementalEma;
  readonly #signal: IncrementalEma;
  /** Values to pass over before the fast average's first window begins. */
  #skip: number;
  line = NaN;
  signal = NaN;
  histogram = NaN;

  /** @throws RangeError unless fast is below slow */
  constructor(fast: number, slow: number, signal: number) {
    checkPeriod('the fast average of the MACD', fast);
    checkPeriod('the slow average of the MACD', slow, fast + 1);
    checkPeriod('the signal of the MACD', signal);
    this.#fast = new IncrementalEma(fast);
    this.#slow = new IncrementalEma(slow);
    this.#signal = new IncrementalEma(signal);
    this.#skip = slow - fast;
  }

  /** Moves `line`, `signal` and `histogram` on; NaN until all are defined. */
  push(value: number): void {
    const slow = this.#slow.push(value);
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    const line = this.#fast.push(value) - slow;
    if (Number.isNaN(line)) return;
    this.signal = this.#signal.push(line);
    if (Number.isNaN(this.signal)) return;
    this.line = line;
    this.histogram = line - this.signal;
  }
}
