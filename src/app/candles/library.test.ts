/** Adding files through the window's own calls, over a real folder. */

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CandleSource } from '../../contract/candles.ts';
import type { ContractResult } from '../../contract/errors.ts';
import { UPLOAD_CHUNK_BYTES, UPLOAD_MAX_BYTES } from '../../contract/upload-limits.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { candleHandlers } from './handlers.ts';
import { CandleLibrary } from './library.ts';
import { SAMPLE_NAME, SAMPLE_URL } from './sample.ts';
import { guessSymbol } from './symbol-guess.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

function csv(bars: number, price = 100): Buffer {
  const lines = Array.from(
    { length: bars },
    (_, bar) => `${START + bar * HOUR},${price},${price + 1},${price - 1},${price},2`,
  );
  return Buffer.from(`timestamp,open,high,low,close,volume\n${lines.join('\n')}\n`);
}

async function open(dataDir: string) {
  const faults: unknown[] = [];
  let ids = 0;
  const library = await CandleLibrary.open({
    dataDir,
    sampleUrl: SAMPLE_URL,
    newId: () => `upload-${(ids += 1)}`,
    reportFault: (error) => faults.push(error),
  });
  return { library, handlers: candleHandlers(library), faults };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function upload(
  { handlers }: Opened,
  fileName: string,
  bytes: Buffer,
): Promise<ContractResult<CandleSource>> {
  const started = await handlers['candles.upload.start']({ fileName, bytes: bytes.length });
  if (!started.ok) return started;
  const { uploadId } = started.value;
  for (let sent = 0; sent < bytes.length; sent += UPLOAD_CHUNK_BYTES) {
    const chunk = bytes.subarray(sent, sent + UPLOAD_CHUNK_BYTES);
    const received = await handlers['candles.upload.chunk']({ uploadId, bytes: chunk });
    if (!received.ok) return received;
  }
  return handlers['candles.upload.finish']({ uploadId });
}

function code(result: ContractResult<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

describe('the candle library', () => {
  it('begins with the sample, called synthetic, which cannot be deleted', async () => {
    const { library, handlers } = await open(await temporaryFolder());
    expect(library.list()).toMatchObject([
      {
        id: 'sample',
        name: SAMPLE_NAME,
        kind: 'sample',
        synthetic: true,
        bars: 17_520,
        timeframe: '1h',
      },
    ]);
    expect(code(await handlers['candles.delete']({ sourceId: 'sample' }))).toBe(
      'CANDLE_SOURCE_NOT_FOUND',
    );
    expect(library.list()).toHaveLength(1);
  });

  it('keeps an uploaded file across a restart, and lists it again to who watches', async () => {
    const folder = await temporaryFolder();
    const first = await open(folder);
    const seen: string[][] = [];
    const release = first.handlers['candles.sources'](
      {},
      { push: (sources) => seen.push(sources.map(({ name }) => name)), end: () => {} },
    );
    const added = await upload(first, 'binance_BTC-USDT_1h.csv.gz', gzipSync(csv(50_000)));
    expect(added).toMatchObject({
      value: { symbol: 'BTC/USDT', timeframe: '1h', bars: 50_000, synthetic: false },
    });
    expect(seen).toEqual([[SAMPLE_NAME], [SAMPLE_NAME, 'binance_BTC-USDT_1h.csv.gz']]);
    release();

    const second = await open(folder);
    expect(second.library.list()).toEqual(first.library.list());
    const chart = await second.handlers['candles.chart']({
      sourceId: added.ok ? added.value.id : '',
    });
    expect(chart.ok && [chart.value.time.length, chart.value.close[49_999]]).toEqual([50_000, 100]);
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  it('knows the same bytes again, whatever the file is called', async () => {
    const opened = await open(await temporaryFolder());
    await upload(opened, 'one.csv', csv(10));
    await upload(opened, 'two.csv', csv(10));
    await upload(opened, 'other.csv', csv(10, 200));
    expect(opened.library.list().map(({ name }) => name)).toEqual([
      SAMPLE_NAME,
      'other.csv',
      'two.csv',
    ]);
  });

  it('says what is wrong with a broken file, under its own name, and keeps nothing of it', async () => {
    const folder = await temporaryFolder();
    const opened = await open(folder);
    const broken = await upload(opened, 'mine.csv', Buffer.from('timestamp,open\n1,2\n'));
    expect(code(broken)).toBe('CANDLE_FILE_INVALID');
    expect(broken.ok ? '' : broken.error.sentence).toMatch(/^mine\.csv/);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    expect(await readdir(join(folder, 'candles'))).toEqual([]);
  });

  it('deletes a file with its columns', async () => {
    const folder = await temporaryFolder();
    const opened = await open(folder);
    const added = await upload(opened, 'mine.csv', csv(10));
    const sourceId = added.ok ? added.value.id : '';
    expect(code(await opened.handlers['candles.delete']({ sourceId }))).toBe('ok');
    expect(await readdir(join(folder, 'candles'))).toEqual([]);
    expect(code(await opened.handlers['candles.chart']({ sourceId }))).toBe(
      'CANDLE_SOURCE_NOT_FOUND',
    );
    expect(code(await opened.handlers['candles.delete']({ sourceId }))).toBe(
      'CANDLE_SOURCE_NOT_FOUND',
    );
  });

  it('reports a description it cannot read, and leaves its files as they are', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'candles'));
    await writeFile(join(folder, 'candles', 'abc.json'), '{"source":');
    const { library, faults } = await open(folder);
    expect(library.list()).toHaveLength(1);
    expect(String(faults[0])).toContain('abc.json cannot be read');
    expect(await readdir(join(folder, 'candles'))).toEqual(['abc.json']);
  });

  it('asks for the file again when its columns are damaged', async () => {
    const folder = await temporaryFolder();
    const opened = await open(folder);
    const added = await upload(opened, 'mine.csv', csv(10));
    const sourceId = added.ok ? added.value.id : '';
    await writeFile(join(folder, 'candles', `${sourceId}.bin`), 'PIGGYCOL');
    const loaded = await opened.library.load(sourceId);
    expect(loaded.ok ? '' : loaded.error.sentence).toContain('Add the file again.');
  });
});

describe('uploads', () => {
  it('refuse a file that is too large before a byte of it is sent', async () => {
    const { handlers } = await open(await temporaryFolder());
    const bytes = UPLOAD_MAX_BYTES + 1;
    expect(code(await handlers['candles.upload.start']({ fileName: 'huge.csv', bytes }))).toBe(
      'UPLOAD_TOO_LARGE',
    );
  });

  it('end when more or less arrives than was announced', async () => {
    const { handlers } = await open(await temporaryFolder());
    const start = async (): Promise<string> => {
      const started = await handlers['candles.upload.start']({ fileName: 'a.csv', bytes: 3 });
      return started.ok ? started.value.uploadId : '';
    };
    const more = await start();
    expect(
      code(await handlers['candles.upload.chunk']({ uploadId: more, bytes: Buffer.alloc(4) })),
    ).toBe('UPLOAD_TOO_LARGE');
    expect(code(await handlers['candles.upload.finish']({ uploadId: more }))).toBe(
      'UPLOAD_NOT_FOUND',
    );
    const less = await start();
    await handlers['candles.upload.chunk']({ uploadId: less, bytes: Buffer.alloc(2) });
    const finished = await handlers['candles.upload.finish']({ uploadId: less });
    expect(finished.ok ? '' : finished.error.sentence).toBe(
      'Only 2 of 3 bytes of a.csv arrived. Add it again.',
    );
  });

  it('make room by giving up the one that was silent longest, as a window left it', async () => {
    const folder = await temporaryFolder();
    const { handlers } = await open(folder);
    const start = () => handlers['candles.upload.start']({ fileName: 'a.csv', bytes: 3 });
    const send = (uploadId: string) =>
      handlers['candles.upload.chunk']({ uploadId, bytes: Buffer.alloc(1) });
    for (let started = 0; started < 4; started += 1) expect(code(await start())).toBe('ok');
    expect(code(await send('upload-1'))).toBe('ok');
    expect(code(await start())).toBe('ok');
    expect((await readdir(join(folder, 'uploads'))).toSorted()).toEqual([
      'upload-1',
      'upload-3',
      'upload-4',
      'upload-5',
    ]);
    expect(code(await send('upload-2'))).toBe('UPLOAD_NOT_FOUND');
    expect(code(await send('upload-1'))).toBe('ok');
  });

  it('can be given up after a write has failed, and leave nothing', async () => {
    const folder = await temporaryFolder();
    const { handlers } = await open(folder);
    await handlers['candles.upload.start']({ fileName: 'a.csv', bytes: 3 });
    const path = join(folder, 'uploads', 'upload-1');
    await rm(path);
    await mkdir(path);
    const sending = handlers['candles.upload.chunk']({
      uploadId: 'upload-1',
      bytes: Buffer.alloc(1),
    });
    await expect(sending).rejects.toThrow('EISDIR');
    await rm(path, { recursive: true });
    expect(code(await handlers['candles.upload.abort']({ uploadId: 'upload-1' }))).toBe('ok');
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });

  it('that an ended app left behind are gone at the next start', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'uploads'));
    await writeFile(join(folder, 'uploads', 'left'), 'half a file');
    await open(folder);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });
});

it.each([
  ['binance_BTC-USDT_4h.csv', 'BTC/USDT'],
  ['BTCUSDT-1h-2024-01.csv', 'BTC/USDT'],
  ['kraken_XBTUSDT_1m.csv', 'XBT/USDT'],
  ['ETH_BTC-1d.json', 'ETH/BTC'],
  ['my-candles.csv', null],
  ['GOOG_1d.csv', null],
])('the name %s suggests %s', (name, symbol) => {
  expect(guessSymbol(name)).toBe(symbol);
});
