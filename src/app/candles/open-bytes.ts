/** Opens a candle file: its bytes in chunks, the text behind a gzip, and why a file could not be read. */

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;
/** Small: what was unpacked waits for the garbage collector, and larger pieces pile up to tens of megabytes. */
const UNPACKED_CHUNK_BYTES = 16 * 1024;

export type ByteSource = AsyncIterable<Uint8Array>;

/** The bytes of a file, from its beginning. Throws as `node:fs` does, and the signal's reason when it is aborted. */
export async function* fileBytes(
  path: string,
  size: number,
  { onProgress, signal }: { onProgress?(fraction: number): void; signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    signal?.throwIfAborted();
    if (!(chunk instanceof Uint8Array)) throw new Error('A file was not read as bytes');
    yield chunk;
    read += chunk.length;
    onProgress?.(size === 0 ? 1 : Math.min(1, read / size));
  }
  signal?.throwIfAborted();
}

/** What a gzip packs. Throws the error of `source`, or zlib's for bytes that are cut or damaged. */
export async function* unpacked(source: ByteSource): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES });
  // An error of the source destroys gunzip with that error, so that the loop below throws it.
  pipeline(source, gunzip, () => undefined);
  for await (const chunk of gunzip) {
    if (!(chunk instanceof Uint8Array)) throw new Error('A gzip was not unpacked to bytes');
    yield chunk;
  }
}

/** All chunks of a source whose first ones were taken to look at them. */
async function* withHead(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** The first chunks of a source, at least `bytes` long together unless it ends before, and all of it to read on from. */
export async function peeked(
  source: ByteSource,
  bytes: number,
): Promise<{ readonly head: Uint8Array; readonly all: ByteSource }> {
  const rest = source[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < bytes) {
    const next = await rest.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(taken).subarray(0, bytes), all: withHead(taken, rest) };
}

/** What an error of reading or unpacking means for the person; `undefined` for one that is not about the file. */
export function readingProblem(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EISDIR') return 'this is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'there is no permission to read the file';
  if (code === 'Z_BUF_ERROR') return 'the gzip file is cut: its end is missing';
  if (code.startsWith('Z_')) return 'the gzip file is damaged and cannot be unpacked';
  return /^E[A-Z]+$/.test(code) ? `the file could not be read (${code})` : undefined;
}
