/** What a market, or the whole exchange, takes at the moment; cancellations always. */

import { REFUSALS, type Refusal } from '../refusal.ts';
import type { OrderDraft } from './order.ts';

/** `vanished`: delisted; nobody knows it any more, and its open orders have expired. */
export const MARKET_STATUSES = [
  'trading',
  'halt',
  'break',
  'end-of-day',
  'cancel-only',
  'post-only',
  'limit-only',
  'no-service',
  'vanished',
] as const;
export type MarketStatus = (typeof MARKET_STATUSES)[number];

type Judge = (draft: OrderDraft) => Refusal | undefined;

const isClosed: Judge = () => REFUSALS.marketClosed;

/** Why a new order may not enter. */
export const ENTERS: Readonly<Record<MarketStatus, Judge>> = {
  trading: () => undefined,
  halt: isClosed,
  break: isClosed,
  'end-of-day': isClosed,
  'cancel-only': () => REFUSALS.wrongPhase,
  'post-only': ({ type }) => (type === 'LIMIT_MAKER' ? undefined : REFUSALS.wrongPhase),
  'limit-only': ({ type }) => (type === 'MARKET' ? REFUSALS.wrongPhase : undefined),
  'no-service': () => REFUSALS.serviceGone,
  vanished: () => REFUSALS.invalidSymbol,
};

/** Whether orders in the book trade and waiting ones trigger. */
export const MATCHES: Readonly<Record<MarketStatus, boolean>> = {
  trading: true,
  halt: false,
  break: false,
  'end-of-day': false,
  'cancel-only': false,
  'post-only': false,
  'limit-only': true,
  'no-service': false,
  vanished: false,
};
