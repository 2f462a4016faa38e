/** Reads a file of candles, CSV or JSON, packed with gzip or not: columns and warnings, or one sentence on what is wrong. */

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CandleWarning } from '../../contract/candles.ts';
import { UPLOAD_MAX_BYTES } from '../../contract/upload-limits.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import type { Timeframe } from '../../core/domain/timeframe.ts';
import { createFindings } from './findings.ts';
import { fileBytes, readingProblem, type ByteSource } from './open-bytes.ts';
import { createRowSink, makeRoomFor, takeCandles, type RowSink } from './row-sink.ts';
import { findNoVolume, mendDirection, mendDuplicates } from './series-checks.ts';
import { checkGivenTimeframe, checkGrid, findGaps, inferTimeframe } from './series-timeframe.ts';
import { scanText } from './text-scan.ts';

export interface CandleFile {
  readonly candles: CandleColumns;
  readonly timeframe: Timeframe;
  /** Defects that were mended or are tolerable. */
  readonly warnings: readonly CandleWarning[];
  /** Of the file's bytes as they are on the disk, in hexadecimal. */
  readonly sha256: string;
}

export type CandleFileFailure = Failure<'CANDLE_FILE_INVALID'>;
type CandleFileResult = Result<CandleFile, CandleFileFailure>;

interface CandleFileOptions {
  /** Of the bars; told from their times if it is not given. */
  readonly timeframe?: Timeframe;
  /** Called now and then with the part of the file that is read, 0 to 1. */
  onProgress?(fraction: number): void;
  /** Aborting makes the promise reject with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Shown in sentences instead of the path's last part. */
  readonly name?: string;
}

/** Reads the file at `path`. Whatever is wrong with the file is a failure whose sentence names all kinds of defects with their lines. */
export async function readCandleFile(
  path: string,
  options: CandleFileOptions = {},
): Promise<CandleFileResult> {
  const name = printable(options.name ?? basename(path));
  const size = await readableSize(path);
  if (typeof size === 'string') return fail('CANDLE_FILE_INVALID', `${name}: ${size}.`);
  return readCandleBytes(fileBytes(path, size, options), { ...options, name, bytes: size });
}

interface CandleBytesOptions {
  readonly name: string;
  readonly timeframe?: Timeframe;
  /** How many will come, where that is known. */
  readonly bytes?: number;
}

/** Reads a candle file from wherever its bytes come. */
export async function readCandleBytes(
  source: ByteSource,
  { name, timeframe, bytes }: CandleBytesOptions,
): Promise<CandleFileResult> {
  const findings = createFindings();
  const rows = createRowSink();
  const hash = createHash('sha256');
  const word = await scanText(watched(source, hash, rows, bytes), rows, findings);
  const failure = (): CandleFileResult =>
    fail('CANDLE_FILE_INVALID', findings.sentence(name, word));
  if (findings.isStopped()) return failure();

  const warnings = [...mendDirection(rows), ...mendDuplicates(rows, findings, word)];
  if (!findings.isEmpty()) return failure();
  const found = timeframe ?? inferTimeframe(rows, findings);
  if (found === undefined) return failure();
  if (timeframe !== undefined) checkGivenTimeframe(rows, timeframe, findings);
  checkGrid(rows, found, findings);
  if (!findings.isEmpty()) return failure();
  warnings.push(...findGaps(rows, found, word), ...findNoVolume(rows, word));
  return ok({ candles: takeCandles(rows), timeframe: found, warnings, sha256: hash.digest('hex') });
}

/** A name may hold anything, a terminal's own commands too; a sentence may not. */
function printable(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '\u{fffd}');
}

/** The size of the file in bytes, or why it cannot be read. */
async function readableSize(path: string): Promise<number | string> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'this is a folder, not a file';
    if (!found.isFile()) return 'this is not a file';
    return found.size > UPLOAD_MAX_BYTES ? 'the file is larger than 512 MiB' : found.size;
  } catch (error) {
    const problem = readingProblem(error);
    if (problem === undefined) throw error;
    return problem;
  }
}

/** Hashes what passes, and after the first chunk makes room for as many bars as the rest should bring. */
async function* watched(
  source: ByteSource,
  hash: { update(bytes: Uint8Array): unknown },
  rows: RowSink,
  expectedBytes: number | undefined,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    read += chunk.length;
    yield chunk;
    if (read === chunk.length && expectedBytes !== undefined) {
      makeRoomFor(rows, Math.ceil((rows.length * expectedBytes) / read));
    }
  }
}
