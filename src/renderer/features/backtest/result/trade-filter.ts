/** Trades by how they ended. */

import type { Trade } from '../../../../core/domain/trade.ts';

export interface NumberedTrade {
  /** From 1, in the order of entries. */
  readonly number: number;
  readonly trade: Trade;
}

export const OUTCOMES = [
  { value: 'all', label: 'All' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
  { value: 'stopped', label: 'Stopped' },
  { value: 'open', label: 'Open' },
] as const;

export type Outcome = (typeof OUTCOMES)[number]['value'];

const MATCHES: Readonly<Record<Outcome, (trade: Trade) => boolean>> = {
  all: () => true,
  won: ({ exitTime, pnl }) => exitTime !== null && pnl > 0,
  lost: ({ exitTime, pnl }) => exitTime !== null && pnl < 0,
  stopped: ({ exitReason }) => exitReason === 'stop-loss',
  open: ({ exitTime }) => exitTime === null,
};

export function filterTrades(
  trades: readonly NumberedTrade[],
  outcome: Outcome,
): readonly NumberedTrade[] {
  return trades.filter(({ trade }) => MATCHES[outcome](trade));
}
