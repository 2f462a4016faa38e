/** What happens at the exchange, as its streams tell it. */

import type { Balance } from './account.ts';
import type { Units } from './decimal.ts';
import type { MarketTrade } from './market/market.ts';
import type { Execution, Fill, Order, OrderList } from './matching/order.ts';

export type UserEvent =
  | {
      readonly kind: 'execution';
      readonly time: number;
      readonly execution: Execution;
      readonly order: Order;
      readonly fill: Fill | undefined;
      /** The id that a cancellation goes by. */
      readonly cancelId: string | undefined;
    }
  | { readonly kind: 'balances'; readonly time: number; readonly balances: readonly Balance[] }
  | { readonly kind: 'transfer'; readonly time: number; readonly asset: string; readonly by: Units }
  | {
      readonly kind: 'list';
      readonly time: number;
      readonly list: OrderList;
      readonly orders: readonly Order[];
      readonly isDone: boolean;
    };

export interface MoveEvent {
  readonly kind: 'move';
  readonly symbol: string;
  readonly trade: MarketTrade;
}

export type ExchangeEvent = UserEvent | MoveEvent;
