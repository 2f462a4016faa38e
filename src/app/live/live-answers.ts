/** What live trading answers where it cannot do as it was told. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';

export const BUSY = contractFailure(
  'ACCOUNT_BUSY',
  'There are open positions or orders, and nobody would watch them. Close them first.',
);

export const HALTED = contractFailure(
  'LIVE_NOT_READY',
  'Trading is halted by the emergency stop. Arm it again first.',
);

export const STOPPED =
  'The emergency stop is in force: nothing is bought until trading is armed again.';

export const KEY_IN_CHANGE = contractFailure(
  'LIVE_NOT_READY',
  'The key is being changed. Wait a moment.',
);

export const SHOWN_CHANGED = contractFailure(
  'SETTINGS_CHANGED',
  'The exchange, the symbol, the key or the limits were changed since you began to confirm. Look at what holds now, and confirm that.',
);

export const WAITING =
  'Credentials validated. The exchange has not told of everything yet; syncing goes on by itself.';

export const UNWRITABLE = contractFailure(
  'TRADING_FAULT',
  'Nothing can be written to the books. Trading is taken up again as soon as it can.',
);

export const CONNECTING = 'The exchange is being connected. Wait a moment.';

export function unreadable(error: unknown): ContractResult<never> {
  const reason = error instanceof Error ? error.message : String(error);
  const sentence = `The live account cannot be gone on with (${reason}). Nothing trades; its books are kept.`;
  return contractFailure('TRADING_FAULT', sentence);
}
