/**
 * Average true range, in quote (J. W. Wilder, 1978; TA-Lib ATR): Wilder's smoothing of
 * max(high − low, |high − previous close|, |low − previous close|). The first bar has no previous close and does not
 * count; defined from index `period`.
 */

import { checkPeriod } from './period.ts';
import { WilderMean } from './wilder.ts';

export class IncrementalAtr {
  readonly #mean: WilderMean;
  #previousClose = NaN;

  constructor(period: number) {
    checkPeriod('the ATR', period);
    this.#mean = new WilderMean(period);
  }

  push(high: number, low: number, close: number): number {
    const previous = this.#previousClose;
    this.#previousClose = close;
    if (Number.isNaN(previous)) return NaN;
    return this.#mean.push(
      Math.max(high - low, Math.abs(high - previous), Math.abs(low - previous)),
    );
  }
}
