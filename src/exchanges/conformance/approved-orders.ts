/** Orders that have been through the risk gate: nothing else can be sent. */

import type { EntryOrder, ExitOrder } from '../../core/domain/order.ts';
import { NO_PROTECTION } from '../../core/domain/order.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import { judgeEntry, passExit } from '../../core/risk/gate.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import type { AccountView, HardLimitsPolicy } from '../../core/risk/policy.ts';
import { provenApproved } from '../../core/risk/proof.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import { openDay } from '../../core/risk/trading-day.ts';

/** Rich enough that no limit but the most for one trade gets in the way. */
const RICH: AccountView = {
  time: 0,
  price: 100,
  market: { kind: 'bars' },
  cash: 1e6,
  equity: 1e6,
  feeRate: 0.001,
  day: openDay(0, 1e6),
  isDayKnown: true,
  usdPerQuote: 1,
  tradingState: 'active',
  isPaused: false,
  isInDoubt: false,
  botId: 'b',
  now: 0,
  pastTrades: [],
  openPositions: 0,
};

/** The same order with a bound, which the gate sets for what goes out at the market. */
export function bounded(order: ApprovedOrder, bound: number): ApprovedOrder {
  const policy: HardLimitsPolicy = {
    kind: 'hard-limits',
    whitelist: new Set([order.symbol]),
    limits: HARD_LIMITS,
    protections: NO_PROTECTIONS,
  };
  if (order.purpose === 'exit') return provenApproved(passExit({ ...order, bound }, policy));
  const instrument: Instrument = {
    symbol: order.symbol,
    base: 'BASE',
    quote: order.symbol.split('/')[1] ?? '',
    amountStep: null,
    minAmount: null,
    priceStep: null,
    minCost: null,
  };
  const answer = judgeEntry({ ...order, bound }, instrument, policy, RICH);
  if (answer.kind === 'denied') throw new Error(answer.denial.sentence);
  return provenApproved(answer.order);
}

/** @param cost from 2 to 50, in quote. @param limit in quote; a market order without @param ask bounds a market order */
export function approvedBuy(
  { symbol, ...instrument }: Instrument,
  id: string,
  cost: number,
  limit: number | null = null,
  ask: number | null = null,
): ApprovedOrder {
  const policy: HardLimitsPolicy = {
    kind: 'hard-limits',
    whitelist: new Set([symbol]),
    limits: HARD_LIMITS,
    protections: NO_PROTECTIONS,
  };
  const order: EntryOrder = {
    purpose: 'entry',
    id,
    symbol,
    side: 'buy',
    type: limit === null ? 'market' : 'limit',
    size: { unit: 'quote', cost },
    price: limit,
    bound: null,
    protection: NO_PROTECTION,
  };
  const view: AccountView =
    ask === null ? RICH : { ...RICH, price: ask, market: { kind: 'quote', ask, ageMs: 0 } };
  const answer = judgeEntry(order, { symbol, ...instrument, minCost: null }, policy, view);
  if (answer.kind === 'denied') throw new Error(answer.denial.sentence);
  return provenApproved(answer.order);
}

/** @param price trigger of a stop-loss or take-profit, in quote */
export function approvedSell(
  { symbol }: Instrument,
  id: string,
  amount: number,
  type: ExitOrder['type'] = 'market',
  price: number | null = null,
): ApprovedOrder {
  const order: ExitOrder = {
    purpose: 'exit',
    id,
    symbol,
    side: 'sell',
    type,
    size: { unit: 'base', amount },
    price,
    bound: null,
    reason: type === 'market' ? 'signal' : type,
  };
  const policy: HardLimitsPolicy = {
    kind: 'hard-limits',
    whitelist: new Set(),
    limits: HARD_LIMITS,
    protections: NO_PROTECTIONS,
  };
  return provenApproved(passExit(order, policy));
}
