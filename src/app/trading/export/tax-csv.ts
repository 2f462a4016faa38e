/** Every execution with its realised profit or loss (FIFO), as a tax adviser's or a tax program's CSV. */

import type { RealisedExecution } from '../../../core/accounting/fifo.ts';
import { csvText, isoTime, plainDecimal, type Columns } from './csv-text.ts';

/** The first eight are what tax programs look for; their names and order stay. */
const COLUMNS: Columns<RealisedExecution> = [
  ['date', ({ execution }) => isoTime(execution.time)],
  ['pair', ({ execution }) => execution.symbol],
  ['side', ({ execution }) => execution.side],
  ['amount', ({ execution }) => execution.amount],
  ['price', ({ execution }) => execution.price],
  ['fee', ({ execution }) => execution.fee.amount],
  ['fee_currency', ({ execution }) => execution.fee.currency],
  ['realised_pnl', ({ realisedPnl }) => realisedPnl],
  ['realised_pnl_currency', ({ execution }) => execution.quote],
  ['cost', ({ execution }) => execution.cost],
  ['order_id', ({ execution }) => execution.orderId],
  ['fill_id', ({ execution }) => execution.fillId],
  ['note', note],
];

/**
 * One row per execution, in pieces of many rows. `realised_pnl` is in quote, 0 for a buy, and empty where
 * it is not known; `note` then says why.
 */
export function taxCsv(rows: Iterable<RealisedExecution>): Generator<string, void, undefined> {
  return csvText(COLUMNS, rows);
}

function note(row: RealisedExecution): string | null {
  const sentences = [unmatchedNote(row), unpricedNote(row)].filter((text) => text !== null);
  return sentences.join(' ') || null;
}

function unmatchedNote({ execution, realisedPnl, unmatchedAmount }: RealisedExecution) {
  const { base, quote } = execution;
  if (unmatchedAmount === 0) return null;
  if (realisedPnl === null) {
    return `Profit or loss not known: no purchase of this ${base} with ${quote} is on record.`;
  }
  return `No purchase with ${quote} is on record for ${plainDecimal(unmatchedAmount)} ${base}: realised_pnl counts the rest of this sale only.`;
}

function unpricedNote({ execution, feeUnpriced }: RealisedExecution): string | null {
  const { side, fee, quote } = execution;
  if (!feeUnpriced) return null;
  return side === 'buy'
    ? `The fee in ${fee.currency} had no known price in ${quote}: the cost of these coins does not include it.`
    : `A fee of this sale or of its purchase had no known price in ${quote}: realised_pnl does not include it.`;
}
