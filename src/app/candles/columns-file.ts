/** Candles as a binary file of float64 columns: what a parsed file is kept as, read back without parsing. */

import { open, readFile, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { readingProblem } from './open-bytes.ts';

/**
 * Header, 24 bytes, little-endian: magic `PIGGYCOL`, version u32, number of bars u32, CRC-32 of the columns u32, zero u32.
 * Then time, open, high, low, close, volume, each as that many float64.
 */
const MAGIC = 'PIGGYCOL';
const VERSION = 1;
const HEADER_BYTES = 24;
const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

export type ColumnsFileFailure = Failure<'COLUMNS_FILE_UNREADABLE'>;

/** Writes beside the target, forces it to disk and renames: a crash leaves the old file or the new one, never half. */
export async function writeColumns(path: string, candles: CandleColumns): Promise<void> {
  const payload = payloadOf(candles);
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    // writeFile, because a bare write may stop short without an error.
    await file.writeFile(headerOf(candles.length, payload));
    await file.writeFile(payload);
    await file.sync();
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

/** Columns over shared memory, so that worker threads read them without a copy. */
export async function readColumns(
  path: string,
): Promise<Result<CandleColumns, ColumnsFileFailure>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const problem = readingProblem(error);
    if (problem === undefined) throw error;
    return unreadable(path, problem);
  }
  const problem = problemOf(bytes);
  return problem === null ? ok(columnsOf(bytes)) : unreadable(path, problem);
}

function payloadOf(candles: CandleColumns): Buffer {
  const columnBytes = candles.length * Float64Array.BYTES_PER_ELEMENT;
  const payload = Buffer.alloc(columnBytes * COLUMNS.length);
  COLUMNS.forEach((name, column) => {
    const view = new DataView(payload.buffer, payload.byteOffset + column * columnBytes);
    for (let index = 0; index < candles.length; index += 1) {
      view.setFloat64(index * Float64Array.BYTES_PER_ELEMENT, candles[name][index] ?? NaN, true);
    }
  });
  return payload;
}

function headerOf(bars: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, 'latin1');
  header.writeUInt32LE(VERSION, 8);
  header.writeUInt32LE(bars, 12);
  header.writeUInt32LE(crc32(payload), 16);
  return header;
}

function problemOf(bytes: Buffer): string | null {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC) {
    return 'it is not a file of candle columns';
  }
  if (bytes.readUInt32LE(8) !== VERSION) return 'it was written by a newer version of the app';
  const payload = bytes.subarray(HEADER_BYTES);
  const expected = bytes.readUInt32LE(12) * COLUMNS.length * Float64Array.BYTES_PER_ELEMENT;
  if (payload.length !== expected) return 'it is cut or has grown';
  return crc32(payload) === bytes.readUInt32LE(16) ? null : 'its checksum does not match';
}

function columnsOf(bytes: Buffer): CandleColumns {
  const length = bytes.readUInt32LE(12);
  const column = (position: number): Float64Array => {
    const values = new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
    const start = HEADER_BYTES + position * values.byteLength;
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, values.byteLength);
    for (let index = 0; index < length; index += 1) {
      values[index] = view.getFloat64(index * Float64Array.BYTES_PER_ELEMENT, true);
    }
    return values;
  };
  return {
    length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function unreadable(path: string, problem: string): Result<never, ColumnsFileFailure> {
  return fail('COLUMNS_FILE_UNREADABLE', `The stored candles ${path} cannot be read: ${problem}.`);
}
