/** What a person asks to be downloaded: fields that become a request, or a sentence about the first that is wrong. */

import type { InputOf } from '../../../../contract/define.ts';
import type { downloadsContract } from '../../../../contract/downloads.ts';
import { fail, ok, type Result } from '../../../../core/domain/result.ts';

export type DownloadRequest = InputOf<(typeof downloadsContract)['downloads.start']>;

export interface DownloadFields {
  readonly exchange: DownloadRequest['exchange'];
  readonly symbol: string;
  readonly timeframe: DownloadRequest['timeframe'];
  /** Days as a date field has them, `2024-01-31`, in UTC. */
  readonly from: string;
  /** The last day wanted; empty for now. */
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** @param now ms UTC */
export function downloadRequest(fields: DownloadFields, now: number): Result<DownloadRequest> {
  const { exchange, timeframe } = fields;
  const symbol = fields.symbol.trim().toUpperCase();
  if (!/^[A-Z0-9]+\/[A-Z0-9]+$/.test(symbol)) {
    return fail('SYMBOL_INVALID', 'Write the symbol as in BTC/USDT.');
  }
  const from = Date.parse(`${fields.from}T00:00:00Z`);
  if (Number.isNaN(from)) return fail('DATE_INVALID', 'Choose the first day.');
  if (from > now) return fail('DATE_INVALID', 'The first day is still to come.');
  if (fields.to === '') return ok({ exchange, symbol, timeframe, from, to: null });
  const last = Date.parse(`${fields.to}T00:00:00Z`);
  if (Number.isNaN(last)) return fail('DATE_INVALID', 'Choose the last day, or leave it empty.');
  if (last < from) return fail('DATE_INVALID', 'The last day is before the first.');
  // The whole of the last day.
  return ok({ exchange, symbol, timeframe, from, to: last + DAY_MS });
}
