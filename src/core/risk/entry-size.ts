/** Cuts an entry to what the limits allow, and denies what is then too small. */

import type { Instrument } from '../domain/instrument.ts';
import type { EntryOrder, Protection, StopLevel } from '../domain/order.ts';
import { approve } from './approve.ts';
import { deny, denyFunds, percent } from './deny.ts';
import {
  lossPerCost,
  sellableAtStop,
  stopWorth,
  type ExposureView,
  type StopView,
} from './exposure.ts';
import type { Adjustment, GateAnswer } from './gate-answer.ts';
import type { Limits } from './hard-limits.ts';
import type { AccountView } from './policy.ts';

/** Relative: what the rounding of a multiplication may take. */
const ROUNDING = 1e-9;

export function limitSize(
  order: EntryOrder,
  instrument: Instrument,
  limits: Limits,
  account: AccountView,
): GateAnswer {
  const { usdPerQuote, feeRate } = account;
  if (usdPerQuote === null) {
    return deny(
      order,
      account,
      'NO_USD_PRICE',
      `There is no fresh price to convert ${instrument.quote} into USD, so the limits cannot be checked.`,
    );
  }
  const adjustments: Adjustment[] = [];
  const price = worstPrice(order, account);
  const stop = stopOf(order.protection) ?? defaultStop(limits, adjustments);
  const capped = capToMaximum(order.size.cost, limits.maxTradeUsd / usdPerQuote, adjustments);
  const cost = capToRisk(
    capped,
    { price, stop, feeRate, priceStep: instrument.priceStep },
    limits,
    account,
    adjustments,
  );
  const floor = limits.minTradeUsd / usdPerQuote;
  const tooSmall =
    denyTooSmall(order, instrument, account, cost, floor) ??
    denyExitTooSmall(order, account, cost, { price, stop, instrument, feeRate });
  if (tooSmall !== null) return tooSmall;
  if (exceedsFunds(cost, account)) return denyFunds(order, account);
  return {
    kind: 'approved',
    order: approve(resized(order, cost, { ...order.protection, stop })),
    askedCost: order.size.cost,
    adjustments,
  };
}

/** The most that an entry may pay, in quote. */
function worstPrice({ price, bound }: EntryOrder, account: AccountView): number {
  return price ?? bound ?? account.price;
}

export function exceedsFunds(cost: number, account: AccountView): boolean {
  return cost + cost * account.feeRate > account.cash;
}

/** Where the stop is at the entry: a trailing one begins at its distance. */
function stopOf({ stop, trailing }: Protection): StopLevel | null {
  if (stop !== null || trailing === null) return stop;
  return { kind: 'distance', fraction: trailing };
}

function defaultStop({ defaultStopDistance }: Limits, adjustments: Adjustment[]): StopLevel {
  adjustments.push({
    rule: 'DEFAULT_STOP',
    sentence: `No stop was asked for: one is placed ${percent(defaultStopDistance)} below the entry.`,
  });
  return { kind: 'distance', fraction: defaultStopDistance };
}

function capToMaximum(cost: number, maximum: number, adjustments: Adjustment[]): number {
  if (cost <= maximum) return cost;
  adjustments.push({
    rule: 'MAX_PER_TRADE',
    sentence: `${cost.toFixed(2)} was asked, ${maximum.toFixed(2)} is the most for one trade.`,
  });
  return maximum;
}

function capToRisk(
  cost: number,
  exposure: ExposureView,
  { maxRiskPerTrade }: Limits,
  account: AccountView,
  adjustments: Adjustment[],
): number {
  const maximum = (maxRiskPerTrade * account.equity) / lossPerCost(exposure);
  if (cost <= maximum) return cost;
  adjustments.push({
    rule: 'RISK_PER_TRADE',
    sentence: `Cut to ${maximum.toFixed(2)}, so that the stop loses at most ${percent(maxRiskPerTrade)} of equity, fees of ${percent(exposure.feeRate)} included.`,
  });
  return maximum;
}

/** @param floor our own minimum, in quote */
function denyTooSmall(
  order: EntryOrder,
  { minCost, quote }: Instrument,
  account: AccountView,
  cost: number,
  floor: number,
): GateAnswer | null {
  const minimum = Math.max(floor, minCost ?? 0);
  if (cost >= minimum) return null;
  return deny(
    order,
    account,
    'NOTIONAL_BELOW_MINIMUM',
    `${cost.toFixed(2)} of at least ${minimum.toFixed(2)} ${quote}.`,
  );
}

/** What is bought must be worth selling at its stop: an exchange refuses an exit below its minimum. */
function denyExitTooSmall(
  order: EntryOrder,
  account: AccountView,
  cost: number,
  view: StopView,
): GateAnswer | null {
  const { minCost, minAmount, quote, base } = view.instrument;
  const worth = stopWorth(cost, view);
  if (minCost !== null && worth < minCost) {
    const sentence = `The stop would sell for ${worth.toFixed(2)}, and the exchange takes no order under ${minCost.toFixed(2)} ${quote}: the position could not be closed.`;
    return deny(order, account, 'EXIT_BELOW_MINIMUM', sentence);
  }
  const sold = sellableAtStop(cost, view);
  if (minAmount === null || sold >= minAmount * (1 - ROUNDING)) return null;
  const sentence = `${plainAmount(sold)} ${base} would be there to sell, and the exchange takes no order under ${plainAmount(minAmount)}: the position could not be closed.`;
  return deny(order, account, 'EXIT_BELOW_MINIMUM', sentence);
}

/** Without an exponent. */
function plainAmount(amount: number): string {
  return amount.toFixed(8).replace(/\.?0+$/, '');
}

function resized(order: EntryOrder, cost: number, protection: Protection): EntryOrder {
  return { ...order, size: { unit: 'quote', cost }, protection };
}
