/** The risk gate: turns what a strategy wants into an approved order or a denial with its reason. */

import type { Denial, DenialCode } from '../domain/denial.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { EntryOrder, ExitOrder, Protection, StopLevel } from '../domain/order.ts';
import { approve, passWithoutLimits } from './approve.ts';
import type { GatedOrder } from './approved-order.ts';
import { isBelow, lossPerCost } from './exposure.ts';
import { HARD_LIMITS } from './hard-limits.ts';
import type { TradingDay } from './trading-day.ts';
import { usdPerQuote } from './usd.ts';

/** `none` exists for backtests alone: what it passes, no exchange port accepts. */
export type RiskPolicy =
  | { readonly kind: 'hard-limits'; readonly whitelist: ReadonlySet<string> }
  | { readonly kind: 'none' };

/** What the gate needs to know of the account at the moment of the decision. Money in quote. */
export interface AccountView {
  readonly time: number;
  readonly price: number;
  readonly cash: number;
  readonly equity: number;
  /** The highest fee a fill of the entry or of its stop may pay, a fraction. */
  readonly feeRate: number;
  readonly day: TradingDay;
}

/** Why an approved order differs from what was asked. */
export interface Adjustment {
  readonly rule: 'MAX_PER_TRADE' | 'RISK_PER_TRADE' | 'DEFAULT_STOP';
  readonly sentence: string;
}

export type GateAnswer =
  | {
      readonly kind: 'approved';
      readonly order: GatedOrder;
      /** Notional asked for, in quote; the order holds what was approved. */
      readonly askedCost: number;
      readonly adjustments: readonly Adjustment[];
    }
  | { readonly kind: 'denied'; readonly denial: Denial };

/** In quote. Less than this is no money any more: an account that has lost everything to fees ends here, not at 1e-320. */
const SMALLEST_COST = 1e-9;

const NO_ADJUSTMENTS: readonly Adjustment[] = [];

/** Exits only reduce risk: no limit may lock anyone into a position. */
export function passExit(order: ExitOrder, policy: RiskPolicy): GatedOrder {
  return policy.kind === 'none' ? passWithoutLimits(order) : approve(order);
}

/** Judges an entry. The order's size is what is asked; the answer's order has what is allowed. */
export function judgeEntry(
  order: EntryOrder,
  instrument: Instrument,
  policy: RiskPolicy,
  account: AccountView,
): GateAnswer {
  const stop = order.protection.stop;
  if (stop !== null && !isBelow(entryPrice(order, account), stop)) {
    return deny(order, account, 'STOP_NOT_BELOW_PRICE', 'The stop is not below the entry price.');
  }
  if (order.size.cost < SMALLEST_COST) return denyFunds(order, account);
  if (policy.kind === 'none') return judgeFundsOnly(order, account);
  const refusal = refuseOutright(order, policy, account);
  if (refusal !== null) return refusal;
  return limitSize(order, instrument, account);
}

function entryPrice(order: EntryOrder, account: AccountView): number {
  return order.price ?? account.price;
}

function judgeFundsOnly(order: EntryOrder, account: AccountView): GateAnswer {
  if (exceedsFunds(order.size.cost, account)) return denyFunds(order, account);
  return {
    kind: 'approved',
    order: passWithoutLimits(order),
    askedCost: order.size.cost,
    adjustments: NO_ADJUSTMENTS,
  };
}

/** The rules that no smaller size could satisfy. */
function refuseOutright(
  order: EntryOrder,
  policy: Extract<RiskPolicy, { readonly kind: 'hard-limits' }>,
  account: AccountView,
): GateAnswer | null {
  if (!policy.whitelist.has(order.symbol)) {
    return deny(
      order,
      account,
      'SYMBOL_NOT_WHITELISTED',
      `${order.symbol} is not on the list of symbols that may be traded.`,
    );
  }
  if (account.day.lossLimitBreached) {
    return deny(
      order,
      account,
      'DAILY_LOSS_LIMIT',
      `This day has lost more than ${percent(HARD_LIMITS.maxDailyLoss)} of its opening equity; no new entries until the next UTC day.`,
    );
  }
  if (account.day.trades >= HARD_LIMITS.maxTradesPerDay) {
    return deny(
      order,
      account,
      'DAILY_TRADE_LIMIT',
      `${HARD_LIMITS.maxTradesPerDay} trades have been made this UTC day, which is the limit.`,
    );
  }
  return null;
}

/** Cuts the order to what the limits allow, and denies what is then too small. */
function limitSize(order: EntryOrder, instrument: Instrument, account: AccountView): GateAnswer {
  const usd = usdPerQuote(instrument.quote);
  if (usd === null) {
    return deny(
      order,
      account,
      'NO_USD_PRICE',
      `There is no fresh price to convert ${instrument.quote} into USD, so the limits cannot be checked.`,
    );
  }
  const adjustments: Adjustment[] = [];
  const stop = order.protection.stop ?? defaultStop(adjustments);
  const capped = capToMaximum(order.size.cost, usd, adjustments);
  const cost = capToRisk(capped, entryPrice(order, account), stop, account, adjustments);
  const minimum = Math.max(HARD_LIMITS.minTradeUsd / usd, instrument.minCost ?? 0);
  if (cost < minimum) return denyTooSmall(order, account, cost, minimum, instrument.quote);
  if (exceedsFunds(cost, account)) return denyFunds(order, account);
  return {
    kind: 'approved',
    order: approve(resized(order, cost, { ...order.protection, stop })),
    askedCost: order.size.cost,
    adjustments,
  };
}

function defaultStop(adjustments: Adjustment[]): StopLevel {
  adjustments.push({
    rule: 'DEFAULT_STOP',
    sentence: `No stop was asked for: one is placed ${percent(HARD_LIMITS.defaultStopDistance)} below the entry.`,
  });
  return { kind: 'distance', fraction: HARD_LIMITS.defaultStopDistance };
}

function capToMaximum(cost: number, usdPerUnit: number, adjustments: Adjustment[]): number {
  const maximum = HARD_LIMITS.maxTradeUsd / usdPerUnit;
  if (cost <= maximum) return cost;
  adjustments.push({
    rule: 'MAX_PER_TRADE',
    sentence: `${cost.toFixed(2)} was asked, ${maximum.toFixed(2)} is the most for one trade.`,
  });
  return maximum;
}

function capToRisk(
  cost: number,
  price: number,
  stop: StopLevel,
  account: AccountView,
  adjustments: Adjustment[],
): number {
  const maximum =
    (HARD_LIMITS.maxRiskPerTrade * account.equity) / lossPerCost(price, stop, account.feeRate);
  if (cost <= maximum) return cost;
  adjustments.push({
    rule: 'RISK_PER_TRADE',
    sentence: `Cut to ${maximum.toFixed(2)}, so that the stop loses at most ${percent(HARD_LIMITS.maxRiskPerTrade)} of equity.`,
  });
  return maximum;
}

function resized(order: EntryOrder, cost: number, protection: Protection): EntryOrder {
  return { ...order, size: { unit: 'quote', cost }, protection };
}

function exceedsFunds(cost: number, account: AccountView): boolean {
  return cost + cost * account.feeRate > account.cash;
}

function denyFunds(order: EntryOrder, account: AccountView): GateAnswer {
  return deny(
    order,
    account,
    'INSUFFICIENT_FUNDS',
    `The order needs ${order.size.cost.toFixed(2)} and its fee, but only ${account.cash.toFixed(2)} is free.`,
  );
}

function denyTooSmall(
  order: EntryOrder,
  account: AccountView,
  cost: number,
  minimum: number,
  quote: string,
): GateAnswer {
  return deny(
    order,
    account,
    'NOTIONAL_BELOW_MINIMUM',
    `${cost.toFixed(2)} of at least ${minimum.toFixed(2)} ${quote}.`,
  );
}

function deny(
  order: EntryOrder,
  account: AccountView,
  code: DenialCode,
  sentence: string,
): GateAnswer {
  const { side, size } = order;
  return {
    kind: 'denied',
    denial: { time: account.time, side, code, sentence, askedCost: size.cost },
  };
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(4))} %`;
}
