import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { candlesFromRows } from '../../core/domain/candles.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { readColumns, writeColumns } from './columns-file.ts';

const CANDLES = candlesFromRows([
  [1_700_000_000_000, 100.25, 101, 99.5, 100, 3],
  [1_700_000_060_000, 100, 100, 98.125, 99, 0],
]);

async function written(): Promise<string> {
  const path = join(await temporaryFolder(), 'candles.bin');
  await writeColumns(path, CANDLES);
  return path;
}

async function problemAfter(change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = await written();
  await writeFile(path, change(await readFile(path)));
  const read = await readColumns(path);
  return read.ok ? 'read' : read.error.sentence;
}

describe('a file of candle columns', () => {
  it('gives back every figure, over memory that threads can share', async () => {
    const read = await readColumns(await written());
    if (!read.ok) throw new Error(read.error.sentence);
    expect(read.value.length).toBe(2);
    for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
      expect([name, ...read.value[name]]).toEqual([name, ...CANDLES[name]]);
      expect(read.value[name].buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it('may replace an earlier one, and leaves nothing unfinished beside it', async () => {
    const path = await written();
    await writeColumns(path, candlesFromRows([[1, 2, 2, 2, 2, 2]]));
    const read = await readColumns(path);
    expect(read.ok && read.value.length).toBe(1);
    await expect(readFile(`${path}.unfinished`)).rejects.toThrow('ENOENT');
  });

  it.each([
    ['absent', null, 'there is no such file'],
    [
      'of something else',
      () => Buffer.from('timestamp,open,high,low,close\n'),
      'not a file of candle columns',
    ],
    ['empty', () => Buffer.alloc(0), 'not a file of candle columns'],
    ['cut', (bytes: Buffer) => bytes.subarray(0, -1), 'cut or has grown'],
    [
      'longer than it says',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(48)]),
      'cut or has grown',
    ],
    ['from a newer version', (bytes: Buffer) => patched(bytes, 8), 'newer version'],
    ['damaged by one bit', (bytes: Buffer) => patched(bytes, 40), 'checksum'],
  ])('that is %s is a failure with a sentence', async (_, change, expected) => {
    const sentence =
      change === null
        ? await readColumns(join(await temporaryFolder(), 'absent.bin')).then((read) =>
            read.ok ? 'read' : read.error.sentence,
          )
        : await problemAfter(change);
    expect(sentence).toContain(expected);
  });
});

function patched(bytes: Buffer, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[offset] = (copy[offset] ?? 0) ^ 4;
  return copy;
}
