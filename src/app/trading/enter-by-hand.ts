/** An entry that a person asks for, through the bot that will keep the position. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { EntryAnswer, EntryPreviewWire } from '../../contract/trading.ts';
import { NO_PROTECTION } from '../../core/domain/order.ts';
import { ok } from '../../core/domain/result.ts';
import type { CommandEvent } from '../../core/events.ts';
import { orderLine } from './status.ts';
import type { TradingAccount } from './trading-account.ts';

export interface EntryByHand {
  readonly botId: string;
  /** Notional in quote. */
  readonly cost: number;
  /** Prices in quote; `null` for the market, and for none. */
  readonly limit: number | null;
  readonly stop: number | null;
  readonly target: number | null;
}

type ByHandEvent = Extract<CommandEvent, { readonly kind: 'entry-by-hand' }>;

/** What the engine would answer; nothing is asked for. @throws Error where there is no such bot */
export function previewByHand(account: TradingAccount, entry: EntryByHand): EntryPreviewWire {
  const bot = account.session.engine.bots.get(entry.botId);
  const preview = bot.previewByHand(eventOf(entry, account.now()));
  if (preview.kind === 'denied') {
    const { code, sentence } = preview.denial;
    return { kind: 'denied', code, sentence };
  }
  return { ...preview, adjustments: preview.adjustments.map(({ sentence }) => sentence) };
}

/** Asks the engine, and tells what it answered to this one event. */
export function enterByHand(
  account: TradingAccount,
  entry: EntryByHand,
): ContractResult<EntryAnswer> {
  for (const decision of account.session.dispatch(eventOf(entry, account.now()))) {
    if (decision.kind === 'denied') {
      const { code, sentence } = decision.denial;
      return ok({ kind: 'denied', code, sentence });
    }
    if (decision.kind !== 'submit') continue;
    const record = account.session.engine.orders.get(decision.order.id);
    if (record !== null) return ok({ kind: 'submitted', order: orderLine(record) });
  }
  const fault = faultOf(account);
  if (fault !== null) return fault;
  throw new Error('The engine answered neither with an order nor with a denial.');
}

function eventOf({ botId, cost, limit, stop, target }: EntryByHand, time: number): ByHandEvent {
  return {
    kind: 'entry-by-hand',
    time,
    botId,
    cost,
    limit,
    protection: {
      ...NO_PROTECTION,
      stop: stop === null ? null : { kind: 'price', price: stop },
      target,
    },
  };
}

/** Why trading has stopped for good in this run, as an answer; `null` while all is well. */
export function faultOf({ session }: TradingAccount): ContractResult<never> | null {
  return session.fault === null ? null : contractFailure('TRADING_FAULT', session.fault);
}
