/** Everything that can happen to the engine, and everything it can answer: two closed unions. */

import type { BotConfig } from './bot/bot-config.ts';
import type { CandleRow } from './domain/candles.ts';
import type { TradingFees } from './domain/costs.ts';
import type { Denial } from './domain/denial.ts';
import type { Instrument } from './domain/instrument.ts';
import type { ExitOrder, Protection } from './domain/order.ts';
import type { Timeframe } from './domain/timeframe.ts';
import type { OrderEvent } from './orders/order-record.ts';
import type { Finding } from './reconciliation/finding.ts';
import type { GatedOrder } from './risk/approved-order.ts';

/** Times are ms UTC; prices are in the quote currency of their symbol. */
export type MarketEvent =
  /** A recorded bar has begun; only its open is known. */
  | {
      readonly kind: 'bar-opened';
      readonly symbol: string;
      readonly time: number;
      readonly open: number;
    }
  /** A bar is complete. The one event on which strategies decide. */
  | {
      readonly kind: 'bar-closed';
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly bar: CandleRow;
    }
  /** Bars that a bot has to know before it decides: its history, or what it slept through. It acts on none of them. */
  | { readonly kind: 'bars-caught-up'; readonly botId: string; readonly bars: readonly CandleRow[] }
  | {
      readonly kind: 'quote';
      readonly symbol: string;
      readonly time: number;
      readonly bid: number;
      readonly ask: number;
    }
  /** No prices come any more: those that came are nothing to buy by. */
  | { readonly kind: 'prices-lost'; readonly time: number };

export type AccountEvent =
  | OrderEvent
  /** A deposit (more than 0) or a withdrawal: neither profit nor loss. */
  | {
      readonly kind: 'transfer';
      readonly time: number;
      readonly currency: string;
      readonly amount: number;
    }
  /** What trading a pair costs this account, as the exchange tells. */
  | {
      readonly kind: 'fees-known';
      readonly time: number;
      readonly symbol: string;
      readonly fees: TradingFees;
    }
  /** The prices that the UTC day `time` begins opened at, by symbol. */
  | {
      readonly kind: 'day-opened';
      readonly time: number;
      readonly prices: Readonly<Record<string, number>>;
    };

/** What comparing the books with the exchange has shown. */
export type ReconciliationEvent =
  | {
      readonly kind: 'position-verdict';
      readonly time: number;
      readonly botId: string;
      readonly finding: Finding;
    }
  /** Its guard may have been ended by somebody else: nothing is sent for it until it has been compared. */
  | { readonly kind: 'position-doubted'; readonly time: number; readonly botId: string }
  /** These currencies agree with the exchange as it was at `time`, by the exchange's clock. */
  | { readonly kind: 'compared'; readonly time: number; readonly currencies: readonly string[] }
  /** What the exchange shows under an order's id is something else; it is not booked. */
  | {
      readonly kind: 'order-contradicted';
      readonly time: number;
      readonly orderId: string;
      readonly sentence: string;
    };

/** What a person asks for. */
export type CommandEvent =
  | {
      readonly kind: 'bot-added';
      readonly time: number;
      readonly config: BotConfig;
      readonly instrument: Instrument;
    }
  | {
      readonly kind: 'bot-started' | 'bot-paused' | 'bot-stopped';
      readonly time: number;
      readonly botId: string;
    }
  /** Only a bot without a position and without an open order can be removed. */
  | { readonly kind: 'bot-removed'; readonly time: number; readonly botId: string }
  | { readonly kind: 'position-close'; readonly time: number; readonly botId: string }
  /** The emergency stop sold past the engine, while it could not be asked: the order is the bot's all the same. */
  | {
      readonly kind: 'exit-adopted';
      readonly time: number;
      readonly botId: string;
      readonly order: ExitOrder;
    }
  /** It is not there any more, or not ours: out of the books at its last price. Nothing is sold. */
  | { readonly kind: 'position-written-off'; readonly time: number; readonly botId: string }
  /** A position in doubt is still ours, says the person: it is guarded again. The exchange holds that much free. */
  | { readonly kind: 'position-kept'; readonly time: number; readonly botId: string }
  /** An entry by hand, through the bot that keeps the position. */
  | {
      readonly kind: 'entry-by-hand';
      readonly time: number;
      readonly botId: string;
      /** Notional in quote. */
      readonly cost: number;
      readonly limit: number | null;
      readonly protection: Protection;
    };

export type TimerEvent = { readonly kind: 'tick'; readonly time: number };

/** Whether the exchange answers when it is asked what has become of our orders. */
export type ConnectionEvent = {
  readonly kind: 'exchange-silent' | 'exchange-answers';
  readonly time: number;
  readonly sentence: string;
};

export type ControlEvent =
  /** The emergency stop: entries are withdrawn, strategies are silent; with `flatten` positions are sold. */
  | { readonly kind: 'halt'; readonly time: number; readonly flatten: boolean }
  /** Exits only, until armed again. */
  | { readonly kind: 'reduce'; readonly time: number }
  /** By hand, the only way out of `halted` and `reducing`. */
  | { readonly kind: 'arm'; readonly time: number };

export type EngineEvent =
  | MarketEvent
  | AccountEvent
  | ReconciliationEvent
  | CommandEvent
  | TimerEvent
  | ConnectionEvent
  | ControlEvent;

const MARKET: Readonly<Record<MarketEvent['kind'], true>> = {
  'bar-opened': true,
  'bar-closed': true,
  'bars-caught-up': true,
  quote: true,
  'prices-lost': true,
};

const ORDERS: Readonly<Record<OrderEvent['kind'], true>> = {
  'order-accepted': true,
  'order-rejected': true,
  'order-lost': true,
  'order-unknown': true,
  'order-filled': true,
  'order-cancelled': true,
  'order-expired': true,
};

export function isMarketEvent(event: EngineEvent): event is MarketEvent {
  return event.kind in MARKET;
}

export function isOrderEvent(event: EngineEvent): event is OrderEvent {
  return event.kind in ORDERS;
}

/** What a person has to be told at once. */
export const ALERT_CODES = [
  'DAILY_LOSS_LIMIT',
  'EMERGENCY_STOP',
  'STOP_NOT_RESTING',
  'STOP_DID_NOT_FILL',
  'EXIT_FAILED',
  'POSITION_UNGUARDED',
  'POSITION_GUARDED',
  'EXCHANGE_SILENT',
  'EXCHANGE_ANSWERS',
  'BOT_FAILED',
  'ORDER_UNKNOWN',
  'ORDER_REJECTED',
  'ORDER_UNMATCHED',
  'GUARD_TAKEN_AWAY',
  'POSITION_SOLD_OUTSIDE',
  'POSITION_MISSING',
  'POSITION_QUARANTINED',
  'POSITION_FOUND',
  'POSITION_WRITTEN_OFF',
  'SOLD_TWICE',
  'FOREIGN_ORDER',
] as const;

export type AlertCode = (typeof ALERT_CODES)[number];

/** What the pump around the engine has to carry out, in this order. */
export type Decision =
  | { readonly kind: 'submit'; readonly order: GatedOrder }
  /** A stop and a target over the same coins: one fill ends both. */
  | { readonly kind: 'submit-pair'; readonly stop: GatedOrder; readonly target: GatedOrder }
  | { readonly kind: 'cancel'; readonly orderId: string }
  /** It may have traded by now: the exchange has to be asked, and again until it is known. */
  | { readonly kind: 'look-up'; readonly orderId: string }
  /** The exchange contradicts the books of a position: they have to be compared. */
  | { readonly kind: 'reconcile'; readonly botId: string; readonly symbol: string }
  | { readonly kind: 'denied'; readonly botId: string; readonly denial: Denial }
  /** The day has lost too much: live mode goes off. */
  | { readonly kind: 'live-off'; readonly sentence: string }
  | {
      readonly kind: 'alert';
      readonly code: AlertCode;
      readonly botId: string | null;
      readonly sentence: string;
    };
