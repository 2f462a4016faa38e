/** Every error that may cross the contract: a closed list of codes, each with a sentence for the person. */

import { z } from 'zod';
import { fail, type Failure, type Result } from '../core/domain/result.ts';

export const CONTRACT_ERROR_CODES = [
  // the transport's own
  'INVALID_INPUT',
  'UNKNOWN_NAME',
  'INTERNAL',
  'DISCONNECTED',
  'SUBSCRIPTION_OVERFLOW',
  'TOO_MANY_SUBSCRIPTIONS',
  // candles
  'CANDLE_FILE_INVALID',
  'CANDLE_SOURCE_NOT_FOUND',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_TOO_LARGE',
  // downloads
  'DOWNLOAD_NOT_FOUND',
  'DOWNLOAD_BUSY',
  'DOWNLOAD_INVALID',
  'DOWNLOAD_FAILED',
  // backtests
  'BACKTEST_CONFIG_INVALID',
  'RUN_NOT_FOUND',
  'RUN_NOT_FINISHED',
  'RUN_INTERRUPTED',
  // trading
  'NO_ACCOUNT',
  'ACCOUNT_BUSY',
  'BOT_NOT_FOUND',
  'BOT_INVALID',
  'BOT_BUSY',
  'FEED_UNAVAILABLE',
  'TRANSFER_REFUSED',
  'POSITION_NOT_IN_DOUBT',
  'POSITION_NOT_COVERED',
  'LIMIT_INVALID',
  'SETTINGS_CHANGED',
  'TRADING_FAULT',
  'STOP_NOT_CARRIED_OUT',
  // live trading and keys
  'LIVE_MODE_OFF',
  'LIVE_NOT_READY',
  'CONFIRMATION_WRONG',
  'EXCHANGE_UNAVAILABLE',
  'EXCHANGE_REFUSED',
  'KEY_MISSING',
  'KEY_INVALID',
  'VAULT_UNAVAILABLE',
  'VAULT_LOCKED',
  'PASSPHRASE_WRONG',
] as const;

export const contractErrorCode = z.enum(CONTRACT_ERROR_CODES);
export type ContractErrorCode = (typeof CONTRACT_ERROR_CODES)[number];

export type ContractError = Failure<ContractErrorCode>;
export type ContractResult<T> = Result<T, ContractError>;

export const contractError = z.strictObject({ code: contractErrorCode, sentence: z.string() });

/** A failure with one of the contract's codes. */
export function contractFailure(code: ContractErrorCode, sentence: string): ContractResult<never> {
  return fail(code, sentence);
}
