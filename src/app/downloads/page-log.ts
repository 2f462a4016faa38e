/** Pages on disk as they come: one file that only grows, each page forced to disk, a half-written last page ignored. */

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { CandleRow } from '../../core/domain/candles.ts';
import type { Span } from './spans.ts';

/** A page of bars, and the span of time of which these are all. */
export interface LoggedPage {
  readonly span: Span;
  readonly bars: readonly CandleRow[];
}

/** As it is read back: bars are numbers in a row, six for each, because there may be millions. */
export interface ReadPage {
  readonly span: Span;
  readonly numbers: Float64Array;
}

/**
 * A page: magic u32, number of bars u32, CRC-32 of what follows u32, zero u32; then the span as two float64, and each bar
 * as six. Little-endian.
 */
const MAGIC = 0x50474731;
const HEADER_BYTES = 16;
const SPAN_BYTES = 16;
export const NUMBERS = 6;
const BAR_BYTES = NUMBERS * 8;

export class PageLog {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Begins a new one in place of whatever is there. */
  static async create(path: string): Promise<PageLog> {
    return new PageLog(await open(path, 'w', 0o600));
  }

  /** On disk when it resolves. @throws what the disk answers */
  async append(page: LoggedPage): Promise<void> {
    await this.#file.appendFile(encoded(page));
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Pages between which the process attends to other things: it may be trading. */
export const PAGES_AT_ONCE = 50;

/** The whole pages of a log; none where there is no log. */
export async function readPages(path: string): Promise<readonly ReadPage[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  const pages: ReadPage[] = [];
  if (bytes === null) return pages;
  for (let at = 0, size = sizeAt(bytes, at); size !== null; size = sizeAt(bytes, at)) {
    pages.push(decoded(bytes.subarray(at, at + size)));
    at += size;
    if (pages.length % PAGES_AT_ONCE === 0) await othersTurn();
  }
  return pages;
}

function encoded({ span, bars }: LoggedPage): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + SPAN_BYTES + bars.length * BAR_BYTES);
  let at = HEADER_BYTES;
  for (const number of [span.from, span.to, ...bars.flat()]) at = bytes.writeDoubleLE(number, at);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(bars.length, 4);
  bytes.writeUInt32LE(crc32(bytes.subarray(HEADER_BYTES)), 8);
  return bytes;
}

/** Bytes of the page that begins there; `null` where there is no whole one. */
function sizeAt(bytes: Buffer, at: number): number | null {
  if (bytes.length < at + HEADER_BYTES || bytes.readUInt32LE(at) !== MAGIC) return null;
  const size = HEADER_BYTES + SPAN_BYTES + bytes.readUInt32LE(at + 4) * BAR_BYTES;
  if (bytes.length < at + size) return null;
  const payload = bytes.subarray(at + HEADER_BYTES, at + size);
  return crc32(payload) === bytes.readUInt32LE(at + 8) ? size : null;
}

function decoded(bytes: Buffer): ReadPage {
  const span = {
    from: bytes.readDoubleLE(HEADER_BYTES),
    to: bytes.readDoubleLE(HEADER_BYTES + 8),
  };
  const start = HEADER_BYTES + SPAN_BYTES;
  const numbers = new Float64Array((bytes.length - start) / 8);
  for (let index = 0; index < numbers.length; index += 1)
    numbers[index] = bytes.readDoubleLE(start + index * 8);
  return { span, numbers };
}
