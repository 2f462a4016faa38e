/** What an account may do at the moment. It survives a restart. */

/** `reducing` lets exits through and no entry; `halted` lets protective exits through and runs no strategy. */
export const TRADING_STATES = ['active', 'reducing', 'halted'] as const;

export type TradingState = (typeof TRADING_STATES)[number];
