import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCandleFile } from './candle-file.ts';
import { readingProblem } from './open-bytes.ts';
import { csv, gzipped, row } from './testing/candle-text.ts';

const TEXT = csv(row(0), row(1), row(2));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candle-file-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function problem(path: string): Promise<string> {
  const result = await readCandleFile(path);
  if (result.ok) throw new Error('The file was read although something is wrong with it');
  return result.error.sentence;
}

describe('a candle file on the disk', () => {
  it('is read with the hash of its bytes as they are there, and tells how far it is', async () => {
    const packed = gzipped(TEXT);
    const path = await written('packed.csv.gz', packed);
    const fractions: number[] = [];
    const result = await readCandleFile(path, { onProgress: (part) => fractions.push(part) });
    if (!result.ok) throw new Error(result.error.sentence);
    expect(result.value.candles.length).toBe(3);
    expect(result.value.timeframe).toBe('1m');
    expect(result.value.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
    expect(fractions).toEqual([1]);
  });

  it('is called by its own name, or by the one that is given', async () => {
    const path = await written('upload-7', '');
    expect(await problem(path)).toBe('upload-7: the file is empty.');
    const named = await readCandleFile(path, { name: 'BTC 2023.csv' });
    expect(named).toEqual({
      ok: false,
      error: { code: 'CANDLE_FILE_INVALID', sentence: 'BTC 2023.csv: the file is empty.' },
    });
  });

  it('must be there, and be a file', async () => {
    expect(await problem(join(folder, 'none.csv'))).toBe('none.csv: there is no such file.');
    const sentence = await problem(folder);
    expect(sentence).toMatch(/^candle-file-\w+: this is a folder, not a file\.$/);
  });

  it('has at most 512 MiB', async () => {
    const path = await written('huge.csv', '');
    await truncate(path, 512 * 2 ** 20 + 1);
    expect(await problem(path)).toBe('huge.csv: the file is larger than 512 MiB.');
  });

  it('is left when reading is aborted', async () => {
    const path = await written('good.csv', TEXT);
    const reason = new Error('closed by the person');
    await expect(readCandleFile(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('an error of reading', () => {
  const withCode = (code: string): Error => Object.assign(new Error(code), { code });

  it('is told in words when it is about the file', () => {
    expect(readingProblem(withCode('EACCES'))).toBe('there is no permission to read the file');
    expect(readingProblem(withCode('EIO'))).toBe('the file could not be read (EIO)');
  });

  it('is not taken for a matter of the file when it is a mistake of the app', () => {
    expect(readingProblem(withCode('ERR_INVALID_ARG_TYPE'))).toBeUndefined();
    expect(readingProblem(new TypeError('x is not a function'))).toBeUndefined();
  });
});
