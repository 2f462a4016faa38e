/** Reads candle texts in tests, in chunks of any size, with or without gzip. */

import { gzipSync } from 'node:zlib';
import type { Timeframe } from '../../../core/domain/timeframe.ts';
import { readCandleBytes } from '../candle-file.ts';

export interface Reading {
  readonly chunk?: number;
  readonly timeframe?: Timeframe;
}

/** A source that gives the bytes in chunks. */
export async function* inChunks(bytes: Uint8Array, chunk: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunk) {
    yield await Promise.resolve(bytes.slice(from, from + chunk));
  }
}

export function readBytes(
  bytes: Uint8Array,
  { chunk = 7, ...options }: Reading = {},
): ReturnType<typeof readCandleBytes> {
  return readCandleBytes(inChunks(bytes, chunk), { name: 'btc.csv', ...options });
}

export function readText(text: string, reading?: Reading): ReturnType<typeof readCandleBytes> {
  return readBytes(new TextEncoder().encode(text), reading);
}

export function gzipped(text: string): Uint8Array {
  return gzipSync(text);
}

/** The sentence on what is wrong with the text; fails the test when nothing is. */
export async function problemOf(content: string | Uint8Array, reading?: Reading): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const result = await readBytes(bytes, reading);
  if (result.ok) throw new Error('The file was read although something is wrong with it');
  return result.error.sentence;
}

export const HEADER = 'timestamp,open,high,low,close,volume';
export const START = 1_677_628_800_000;

/** A good row, `minute` minutes after 2023-03-01 00:00 UTC. */
export function row(minute: number, values = '100,102,99,101,5'): string {
  return `${START + minute * 60_000},${values}`;
}

export function csv(...rows: readonly string[]): string {
  return [HEADER, ...rows, ''].join('\n');
}
