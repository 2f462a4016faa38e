/** What an order is and how it stands, in words. */

import type { OrderState } from '../../core/domain/order-state.ts';
import type { OrderLine } from '../../contract/trading.ts';

const TYPE_WORDS: Readonly<Record<OrderLine['type'], string>> = {
  market: 'at market',
  limit: 'limit',
  'stop-loss': 'stop-loss',
  'take-profit': 'take-profit',
};

/** `Buy at market`, `Sell stop-loss`. */
export function orderTitle({ side, type }: Pick<OrderLine, 'side' | 'type'>): string {
  return `${side === 'buy' ? 'Buy' : 'Sell'} ${TYPE_WORDS[type]}`;
}

interface StateWord {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
}

export const STATE_WORDS: Readonly<Record<OrderState, StateWord>> = {
  submitting: { word: 'being sent', tone: 'quiet' },
  unknown: { word: 'unanswered', tone: 'warn' },
  accepted: { word: 'open', tone: 'warn' },
  'partially-filled': { word: 'partly filled', tone: 'warn' },
  filled: { word: 'filled', tone: 'good' },
  cancelled: { word: 'withdrawn', tone: 'quiet' },
  expired: { word: 'expired', tone: 'quiet' },
  rejected: { word: 'refused', tone: 'bad' },
};
