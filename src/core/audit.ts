/** What the books must show of every event: told by the engine while it decides, and left out by a backtest. */

import type { BotStatus } from './domain/bot-status.ts';
import type { Fill } from './domain/fill.ts';
import type { Trade } from './domain/trade.ts';
import type { TradingState } from './domain/trading-state.ts';
import type { OrderRecord } from './orders/order-record.ts';
import type { TradingDay } from './risk/trading-day.ts';

/** Times are ms UTC. */
export type AuditRecord =
  /** An order is new or has changed. */
  | { readonly kind: 'order'; readonly record: OrderRecord }
  /** A fill was counted; `feeInQuote` is `null` where the fee's currency had no price. */
  | {
      readonly kind: 'fill';
      readonly botId: string;
      readonly symbol: string;
      readonly fill: Fill;
      readonly feeInQuote: number | null;
    }
  | {
      readonly kind: 'trade';
      readonly botId: string;
      readonly symbol: string;
      readonly trade: Trade;
    }
  | { readonly kind: 'day'; readonly day: TradingDay; readonly equity: number }
  | { readonly kind: 'state'; readonly time: number; readonly state: TradingState }
  | {
      readonly kind: 'bot';
      readonly botId: string;
      readonly status: BotStatus | 'removed';
      readonly error: string | null;
    }
  | {
      readonly kind: 'transfer';
      readonly time: number;
      readonly currency: string;
      readonly amount: number;
    };

/** Where the records go. */
export type Audit = (record: AuditRecord) => void;
