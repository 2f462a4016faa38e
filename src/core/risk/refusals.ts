/** The rules that no smaller size could satisfy. */

import type { EntryOrder } from '../domain/order.ts';
import { deny, percent } from './deny.ts';
import type { GateAnswer } from './gate-answer.ts';
import type { AccountView, HardLimitsPolicy } from './policy.ts';
import { protect } from './protections.ts';
import { whyNotFresh } from './worst-fills.ts';

export function refuse(
  order: EntryOrder,
  policy: HardLimitsPolicy,
  account: AccountView,
): GateAnswer | null {
  return (
    refuseByState(order, account) ??
    refuseSymbol(order, policy, account) ??
    refuseByPrice(order, account) ??
    refuseByDay(order, policy, account) ??
    refuseByProtection(order, policy, account)
  );
}

function refuseByState(order: EntryOrder, account: AccountView): GateAnswer | null {
  if (account.tradingState === 'halted') {
    return deny(
      order,
      account,
      'TRADING_HALTED',
      'Trading is halted by the emergency stop. Arm it again to trade.',
    );
  }
  if (account.tradingState === 'reducing') {
    return deny(
      order,
      account,
      'TRADING_REDUCING',
      'Only exits are allowed at the moment: positions can be closed, but none opened.',
    );
  }
  if (account.isInDoubt) {
    return deny(
      order,
      account,
      'POSITION_IN_DOUBT',
      'The exchange and the books do not agree on a position: nothing is bought until that is settled. Portfolio says what to do.',
    );
  }
  if (!account.isPaused) return null;
  return deny(
    order,
    account,
    'BOT_PAUSED',
    'The bot is paused or stopped: it opens no position until it is started again.',
  );
}

function refuseSymbol(
  order: EntryOrder,
  { whitelist }: HardLimitsPolicy,
  account: AccountView,
): GateAnswer | null {
  if (whitelist.has(order.symbol)) return null;
  return deny(
    order,
    account,
    'SYMBOL_NOT_WHITELISTED',
    `${order.symbol} is not on the list of symbols that may be traded.`,
  );
}

function refuseByPrice(order: EntryOrder, account: AccountView): GateAnswer | null {
  const { market } = account;
  if (market.kind === 'bars') return null;
  const sentence = whyNotFresh(order.symbol, market.kind === 'none' ? null : market.ageMs);
  if (sentence === null) return null;
  return deny(order, account, 'NO_FRESH_PRICE', sentence);
}

function refuseByDay(
  order: EntryOrder,
  { limits }: HardLimitsPolicy,
  account: AccountView,
): GateAnswer | null {
  if (account.day.lossLimitBreached) {
    return deny(
      order,
      account,
      'DAILY_LOSS_LIMIT',
      `This day has lost more than ${percent(limits.maxDailyLoss)} of its opening equity; no new entries until the next UTC day.`,
    );
  }
  if (!account.isDayKnown) {
    return deny(
      order,
      account,
      'DAY_NOT_OPENED',
      "Today's opening prices (00:00 UTC) are not known yet, so its loss cannot be told: nothing is bought before. They are being asked for.",
    );
  }
  if (account.day.trades < limits.maxTradesPerDay) return null;
  return deny(
    order,
    account,
    'DAILY_TRADE_LIMIT',
    `${limits.maxTradesPerDay} trades have been made this UTC day, which is the limit.`,
  );
}

function refuseByProtection(
  order: EntryOrder,
  { protections }: HardLimitsPolicy,
  account: AccountView,
): GateAnswer | null {
  const { botId, now, equity, pastTrades, openPositions } = account;
  const denial = protect(protections, { botId, time: now, equity, pastTrades, openPositions });
  return denial === null ? null : deny(order, account, denial.code, denial.sentence);
}
