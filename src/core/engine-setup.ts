/** What an engine is made with, and what is kept of it between two runs. */

import type { AccountSetup, AccountState } from './account/account.ts';
import type { Audit } from './audit.ts';
import type { BotState } from './bot/bot.ts';
import type { RestingExits } from './bot/desk.ts';
import type { HaltsState } from './bot/halted-markets.ts';
import type { Costs, TradingFees } from './domain/costs.ts';
import type { LiveBots } from './live-bots.ts';
import type { BudgetState, OrderAllowance } from './orders/order-budget.ts';
import type { OrderRecord } from './orders/order-record.ts';
import type { PulseState } from './pulse.ts';
import type { KnownFeesState } from './risk/known-fees.ts';
import type { RiskPolicy } from './risk/policy.ts';

export interface EngineSetup {
  readonly account: Omit<AccountSetup, 'opensAtPrices'>;
  readonly policy: RiskPolicy;
  /** Fees as expected by the gate and the sizing; what the exchange tells can raise them, and a fill brings its own. */
  readonly costs: Costs;
  /** Real money: what the exchange takes of those who pay most, until it tells. `null` on paper and in a backtest. */
  readonly highestFees: TradingFees | null;
  readonly restingExits: RestingExits;
  /**
   * `bars`: recorded bars are all there is, so a position that survives one has seen its low. `quotes`: prices come
   * in between, and a bar's low may have been before the position.
   */
  readonly pricesFrom: 'bars' | 'quotes';
  /** How many orders the exchange is sent; the cautious figure where it is not said. */
  readonly orderAllowance?: OrderAllowance;
  /** Unique for each count, and the same again for the same count. */
  readonly orderId: (count: number) => string;
  /** Ended orders of which late news may still come; none in a simulation that is never late. */
  readonly rememberedOrders: number;
  /** Left out by a backtest. */
  readonly audit: Audit | null;
  /** Makes bots from their configuration; `null` where bots are only put in by hand, as a backtest does. */
  readonly liveBots: LiveBots | null;
}

/** The engine as it is kept between two runs. */
export interface EngineState {
  readonly account: AccountState;
  readonly orderCount: number;
  readonly orders: readonly OrderRecord[];
  readonly bots: Readonly<Record<string, BotState>>;
  /** Start of the last bar that each live bot has seen, ms UTC. What it learnt from them it has to be told again. */
  readonly lastBars: Readonly<Record<string, number>>;
  /** Left out by states of before fees were asked for: the highest are assumed until they are. */
  readonly fees?: KnownFeesState;
  /** What pauses and deadlines go by; missing where it was kept before there were any. */
  readonly pacing?: PacingState;
  /**
   * When each currency last agreed with the exchange, ms UTC by its clock. Missing where it was kept before that was
   * noted: then nothing that others traded is known of.
   */
  readonly comparedAt?: Readonly<Record<string, number>>;
}

export interface PacingState {
  readonly pulse: PulseState;
  readonly budget: BudgetState;
  readonly halts: HaltsState;
  readonly isReachable: boolean;
}
