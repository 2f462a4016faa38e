/** The rules of a paper account until a person sets stricter ones. */

import { DEFAULT_WHITELIST } from '../../core/domain/whitelist.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import type { TradingServiceOptions } from './service.ts';

export const DEFAULT_RULES: TradingServiceOptions['rules'] = {
  whitelist: DEFAULT_WHITELIST,
  limits: HARD_LIMITS,
  protections: NO_PROTECTIONS,
  // The spread is the feed's own; slippage stands for what moves between a quote and its use.
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 1, halfSpreadBps: 0 },
};
