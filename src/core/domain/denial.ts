/** Why the risk gate, or the engine's own sums, refused or cut an order: one code each, with the sentence beside it. */

export const DENIAL_CODES = [
  'SYMBOL_NOT_WHITELISTED',
  'TRADING_HALTED',
  'TRADING_REDUCING',
  'DAILY_TRADE_LIMIT',
  'DAILY_LOSS_LIMIT',
  'NO_USD_PRICE',
  'NO_STOP_DISTANCE',
  'NOTIONAL_BELOW_MINIMUM',
  'RISK_ABOVE_LIMIT',
  'INSUFFICIENT_FUNDS',
] as const;

export type DenialCode = (typeof DENIAL_CODES)[number];

/** An order that was not sent, and why. */
export interface Denial {
  /** When the decision was made: start of the bar whose close decided it, ms UTC. */
  readonly time: number;
  readonly side: 'buy' | 'sell';
  readonly code: DenialCode;
  readonly sentence: string;
  /** Notional asked for, in quote, at the price of the decision. */
  readonly askedCost: number;
}
