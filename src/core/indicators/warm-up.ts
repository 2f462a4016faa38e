/** Bars before an indicator's first figure, which is also that figure's index: TA-Lib's lookback. */

export const WARM_UP = Object.freeze({
  price: 0,
  sma: (period: number) => period - 1,
  ema: (period: number) => period - 1,
  /** The first bar has no change. */
  rsi: (period: number) => period,
  /** All three lines begin with the signal. */
  macd: (slow: number, signal: number) => slow + signal - 2,
  bollinger: (period: number) => period - 1,
  /** The first bar has no previous close. */
  atr: (period: number) => period,
});
