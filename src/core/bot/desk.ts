/** What the engine gives each of its bots to work with. */

import type { Account } from '../account/account.ts';
import type { Slot } from '../account/balances.ts';
import type { Trade } from '../domain/trade.ts';
import type { TradingFees } from '../domain/costs.ts';
import type { AlertCode, Decision } from '../events.ts';
import type { OrderBudget } from '../orders/order-budget.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import type { Pulse } from '../pulse.ts';
import type { MarketView } from '../risk/market-view.ts';
import type { RiskPolicy } from '../risk/policy.ts';
import type { HaltedMarkets } from './halted-markets.ts';

/** Which exits the exchange keeps on its book: a stop and a target as one pair, a stop alone, or none. */
export type RestingExits = 'pair' | 'stop' | 'none';

export interface Desk {
  readonly account: Account;
  readonly policy: RiskPolicy;
  readonly restingExits: RestingExits;
  /** Whether a strategy that throws ends its own bot only; a backtest ends with it. */
  readonly isolatesStrategies: boolean;
  /**
   * Orders go where they can be refused, late or limited in number: they have a budget, a bound and a deadline. Not so
   * on recorded bars, where everything is answered within its bar.
   */
  readonly isPaced: boolean;
  readonly pulse: Pulse;
  /** Whether the event at hand has told this computer's time. */
  readonly isDated: boolean;
  readonly budget: OrderBudget;
  readonly halts: HaltedMarkets;
  /** `false` while the exchange answers nobody. */
  readonly isReachable: boolean;
  /** Asks for a `tick` at that moment of the pulse, or as soon as possible; `null` asks for none. */
  wakeBy(moment: number | null): void;
  newOrderId(): string;
  /** Fees to reckon with; a fill brings its own. */
  feesOf(symbol: string): TradingFees;
  market(symbol: string): MarketView;
  /** Whether today's opening equity is known, or need not be. */
  isDayKnown(): boolean;
  /** Positions open or being opened, of all bots. */
  openPositions(): number;
  /** Whether the exchange contradicts the books of a position, of any bot. */
  isInDoubt(): boolean;
  /** Cash of a currency that open entries of all bots may still take, fees included. */
  reserved(quote: Slot): number;
  /** What all bots hold of a currency, in base. */
  held(base: Slot): number;
  decide(decision: Decision): void;
  alert(code: AlertCode, botId: string, sentence: string): void;
  /** Nothing is bought any more until a person arms again: the exchange and the books contradict each other. */
  stopEntries(): void;
  /** Keeps an order's record, new or changed. */
  keep(record: OrderRecord): void;
  /** A round trip has ended. */
  traded(botId: string, trade: Trade): void;
  /** A bot's status has changed. */
  changed(botId: string): void;
}
