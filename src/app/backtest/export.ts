/** A kept run as a file to save: the JSON document, or CSV. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportedFile, ExportFormat, RunInfo } from '../../contract/backtest.ts';
import { backtestDocument, type DocumentRun } from '../../core/backtest/document.ts';
import type { PackedOutcome, StoredRun } from '../storage/storage.ts';
import { equityCsv, tradesCsv } from './csv.ts';
import { unpackDenials, unpackEquity, unpackTimes, unpackTrades } from './packed-outcome.ts';

interface Format {
  readonly ending: string;
  readonly mimeType: string;
  write(run: DocumentRun): Iterable<string>;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  json: { ending: '.json', mimeType: 'application/json', write: backtestDocument },
  'trades-csv': { ending: '-trades.csv', mimeType: 'text/csv', write: tradesCsv },
  'equity-csv': { ending: '-equity.csv', mimeType: 'text/csv', write: equityCsv },
};

export async function exportRun(
  run: StoredRun,
  summary: NonNullable<RunInfo['summary']>,
  outcome: PackedOutcome,
  format: ExportFormat,
): Promise<ExportedFile> {
  const { ending, mimeType, write } = FORMATS[format];
  const bytes = await encoded(write(documentRunOf(run, summary, outcome)));
  return { fileName: `backtest-${fileNamePart(run.info.name)}${ending}`, mimeType, bytes };
}

function documentRunOf(
  { info, candles }: StoredRun,
  summary: NonNullable<RunInfo['summary']>,
  outcome: PackedOutcome,
): DocumentRun {
  return {
    config: info.config,
    candles,
    summary,
    trades: unpackTrades(outcome),
    denials: unpackDenials(outcome),
    time: unpackTimes(outcome),
    equity: unpackEquity(outcome),
  };
}

/** Lets others have their turn between pieces: a long export must not hold up the app. */
async function encoded(chunks: Iterable<string>): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for (const chunk of chunks) {
    pieces.push(Buffer.from(chunk));
    await nextTurn();
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Without what any system refuses in a file name; what stands before it keeps names like CON harmless on Windows. */
function fileNamePart(name: string): string {
  const allowed = name.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, '-');
  return allowed.slice(0, 80).replace(/^[-.]+|[-.]+$/g, '') || 'run';
}
