/** What a person does with a position that the exchange and the books do not agree on: writes it off, or keeps it. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { AccountKind, tradingContract } from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';
import { plainAmount } from '../../core/reconciliation/sentences.ts';
import { faultOf } from './enter-by-hand.ts';
import type { TradingAccount } from './trading-account.ts';

type Done = ContractResult<Record<string, never>>;
type DoubtedHandlers = Pick<
  Handlers<typeof tradingContract>,
  'positions.write-off' | 'positions.keep'
>;

export interface DoubtedOptions {
  readonly find: (account: AccountKind) => ContractResult<TradingAccount>;
  /** Tells of what has changed before whoever asked is answered. */
  readonly newsBefore: <T>(answer: T | Promise<T>) => Promise<T>;
}

export function doubtedHandlers({ find, newsBefore }: DoubtedOptions): DoubtedHandlers {
  return {
    'positions.write-off': ({ account, botId }) =>
      newsBefore(withAccount(find(account), (trading) => writeOff(trading, botId))),
    'positions.keep': ({ account, botId }) =>
      newsBefore(withAccount(find(account), (trading) => keep(trading, botId))),
  };
}

function withAccount(
  found: ContractResult<TradingAccount>,
  act: (trading: TradingAccount) => Done | Promise<Done>,
): Done | Promise<Done> {
  if (!found.ok) return found;
  return faultOf(found.value) ?? act(found.value);
}

function writeOff(trading: TradingAccount, botId: string): Done {
  const { session } = trading;
  const holding = session.engine.bots.find(botId)?.holding;
  if (holding === undefined) return NO_BOT;
  if (!holding.position.isOpen) return NOTHING_HELD;
  // What nobody doubts is sold, and not given away by a slip.
  if (holding.doubt === null) return NOT_IN_DOUBT;
  session.dispatch({ kind: 'position-written-off', time: trading.now(), botId });
  return faultOf(trading) ?? ok({});
}

/** Only what the exchange holds free can be guarded: asked for now, and not taken from the books. */
async function keep(trading: TradingAccount, botId: string): Promise<Done> {
  const { session } = trading;
  const bot = session.engine.bots.find(botId);
  if (bot === null) return NO_BOT;
  const { holding, setup } = bot;
  if (!holding.position.isOpen) return NOTHING_HELD;
  if (holding.doubt === null) return NOT_IN_DOUBT;
  const { base } = setup.instrument;
  const { amount } = holding.position;
  const free = await session.freeBeside(botId);
  if (free === null) return contractFailure('EXCHANGE_UNAVAILABLE', UNREADABLE);
  const needed = amount - (setup.instrument.amountStep ?? 0);
  if (free < needed) {
    const sentence = `The exchange holds ${plainAmount(Math.max(0, free))} ${base} free, and the position is of ${plainAmount(amount)}. Write it off, or put the rest back first.`;
    return contractFailure('POSITION_NOT_COVERED', sentence);
  }
  session.dispatch({ kind: 'position-kept', time: trading.now(), botId });
  return faultOf(trading) ?? ok({});
}

const UNREADABLE =
  'The exchange does not tell what it holds at the moment. Try again when it answers.';

const NO_BOT = contractFailure('BOT_NOT_FOUND', 'There is no such bot any more.');

const NOTHING_HELD = contractFailure('POSITION_NOT_IN_DOUBT', 'The bot holds nothing any more.');

const NOT_IN_DOUBT = contractFailure(
  'POSITION_NOT_IN_DOUBT',
  'The exchange and the books agree on this position. Close it to sell it.',
);
