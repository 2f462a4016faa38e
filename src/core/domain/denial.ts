/** Why the risk gate refused an order: one code each, with the sentence beside it. */

export const DENIAL_CODES = [
  'TRADING_HALTED',
  'TRADING_REDUCING',
  'BOT_PAUSED',
  'POSITION_IN_DOUBT',
  'SYMBOL_NOT_WHITELISTED',
  'DAILY_TRADE_LIMIT',
  'DAILY_LOSS_LIMIT',
  'DAY_NOT_OPENED',
  'COOLDOWN',
  'STOP_LOSS_GUARD',
  'DRAWDOWN_GUARD',
  'MAX_OPEN_POSITIONS',
  'POSITION_OPEN',
  'NO_USD_PRICE',
  'NO_FRESH_PRICE',
  'STOP_NOT_BELOW_PRICE',
  'NOTIONAL_BELOW_MINIMUM',
  'EXIT_BELOW_MINIMUM',
  'INSUFFICIENT_FUNDS',
  'ORDER_BUDGET',
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
