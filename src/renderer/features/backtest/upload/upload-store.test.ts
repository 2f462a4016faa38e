import { expect, it } from 'vitest';
import { UPLOAD_CHUNK_BYTES, UPLOAD_MAX_BYTES } from '../../../../contract/upload-limits.ts';
import { contractFailure } from '../../../../contract/errors.ts';
import { FakeApp } from '../../../testing/fake-app.ts';
import { createUploadStore, sendableName, type CandleFile } from './upload-store.ts';

function fileOf(bytes: Uint8Array<ArrayBuffer>, name = 'candles.csv'): CandleFile {
  return new File([bytes], name);
}

it('sends a file in pieces, in order, and ends with the new source', async () => {
  const app = new FakeApp();
  const store = createUploadStore(app.client);
  const bytes = new Uint8Array(2 * UPLOAD_CHUNK_BYTES + 5);
  bytes[0] = 1;
  bytes[UPLOAD_CHUNK_BYTES] = 2;
  bytes[2 * UPLOAD_CHUNK_BYTES] = 3;
  const shown: (number | undefined)[] = [];
  store.subscribe(({ active }) => shown.push(active?.sentBytes));

  const source = await store.upload(fileOf(bytes));

  expect(source?.id).toBe('file');
  expect(app.pieces.map((piece) => [piece[0], piece.length])).toEqual([
    [1, UPLOAD_CHUNK_BYTES],
    [2, UPLOAD_CHUNK_BYTES],
    [3, 5],
  ]);
  expect(shown).toEqual([
    0,
    UPLOAD_CHUNK_BYTES,
    2 * UPLOAD_CHUNK_BYTES,
    2 * UPLOAD_CHUNK_BYTES + 5,
    undefined,
  ]);
});

it("keeps the app's sentence about a broken file until it is dismissed", async () => {
  const app = new FakeApp();
  app.finishAnswer = contractFailure('CANDLE_FILE_INVALID', 'Line 7: high is below low.');
  const store = createUploadStore(app.client);

  expect(await store.upload(fileOf(new Uint8Array(10), 'broken.csv'))).toBeNull();
  expect(store.getState()).toEqual({
    active: null,
    failure: { fileName: 'broken.csv', sentence: 'Line 7: high is below low.' },
  });

  store.dismiss();
  expect(store.getState().failure).toBeNull();
});

it('stops sending and tells the app when cancelled', async () => {
  const app = new FakeApp();
  const store = createUploadStore(app.client);
  store.subscribe(({ active }) => {
    if (active !== null && active.sentBytes > 0) store.cancel();
  });

  const source = await store.upload(fileOf(new Uint8Array(3 * UPLOAD_CHUNK_BYTES)));

  expect(source).toBeNull();
  expect(app.pieces).toHaveLength(1);
  expect(app.calls).toEqual(['upload.start', 'upload.abort']);
  expect(store.getState()).toEqual({ active: null, failure: null });
});

it('takes one file at a time', async () => {
  const app = new FakeApp();
  const store = createUploadStore(app.client);
  const first = store.upload(fileOf(new Uint8Array(10)));
  expect(await store.upload(fileOf(new Uint8Array(10), 'second.csv'))).toBeNull();
  expect(await first).not.toBeNull();
  expect(app.calls.filter((name) => name === 'upload.start')).toHaveLength(1);
});

it('refuses a file that is too large without sending anything', async () => {
  const app = new FakeApp();
  const store = createUploadStore(app.client);
  await store.upload({
    ...fileOf(new Uint8Array(0)),
    name: 'huge.csv',
    size: UPLOAD_MAX_BYTES + 1,
  });
  expect(store.getState().failure?.sentence).toMatch(/^The file has 536.9.MB, but at most/);
  expect(app.calls).toEqual([]);
});

it('says so when the browser cannot read the file', async () => {
  const app = new FakeApp();
  const store = createUploadStore(app.client);
  const gone: CandleFile = {
    name: 'gone.csv',
    size: 10,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }),
  };
  await store.upload(gone);
  expect(store.getState().failure?.sentence).toContain('could not be read from the disk');
  expect(app.calls).toEqual(['upload.start', 'upload.abort']);
});

it('makes a sendable name of any file name', () => {
  expect(sendableName('  candles\n2024.csv ')).toBe('candles 2024.csv');
  expect(sendableName('\u0000')).toBe('Unnamed file');
  const long = sendableName(`${'x'.repeat(200)}.csv`);
  expect(long).toHaveLength(120);
  expect(long.endsWith('.csv')).toBe(true);
});
