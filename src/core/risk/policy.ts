/** Which rules an entry is judged by, and what the gate needs to know of the account. */

import type { PastTrade } from '../account/account.ts';
import type { TradingState } from '../domain/trading-state.ts';
import type { Limits } from './hard-limits.ts';
import type { MarketView } from './market-view.ts';
import type { Protections } from './protections.ts';
import type { TradingDay } from './trading-day.ts';

export interface HardLimitsPolicy {
  readonly kind: 'hard-limits';
  readonly whitelist: ReadonlySet<string>;
  /** The hard limits, or stricter ones (`checkLimits`). */
  readonly limits: Limits;
  readonly protections: Protections;
}

/** `none` exists for backtests alone: what it passes, no exchange port accepts. */
export type RiskPolicy = HardLimitsPolicy | { readonly kind: 'none' };

/** The account at the moment of the decision. Money in quote. */
export interface AccountView {
  /** Of the decision, ms UTC; on a bar's close the bar's start. */
  readonly time: number;
  readonly price: number;
  readonly market: MarketView;
  /** Not promised to another order. */
  readonly cash: number;
  readonly equity: number;
  /** The highest fee a fill of the entry or of its stop may pay, a fraction. */
  readonly feeRate: number;
  readonly day: TradingDay;
  /** Whether today's opening is known; else a loss could not be told. */
  readonly isDayKnown: boolean;
  /** `null` where no fresh price tells. */
  readonly usdPerQuote: number | null;
  readonly tradingState: TradingState;
  readonly isPaused: boolean;
  /** Whether the exchange contradicts the books of a position, of any bot. */
  readonly isInDoubt: boolean;
  readonly botId: string;
  /** The account's time, ms UTC: on a bar's close the bar's end. */
  readonly now: number;
  /** Of all bots, oldest first, a week of them. */
  readonly pastTrades: readonly PastTrade[];
  /** Positions open or being opened, of all bots. */
  readonly openPositions: number;
}
