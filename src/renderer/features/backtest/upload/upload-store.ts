/** Importing a candle file: sent in pieces, in order, one file at a time; what went wrong stays until it is dismissed. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CandleSource } from '../../../../contract/candles.ts';
import { UPLOAD_CHUNK_BYTES, UPLOAD_MAX_BYTES } from '../../../../contract/upload-limits.ts';
import type { Contract } from '../../../../contract/contract.ts';
import type { ContractResult } from '../../../../contract/errors.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import { formatBytes } from '../../../ui/format.ts';

/** The part of the browser's File that is used. */
export interface CandleFile {
  readonly name: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface ActiveUpload {
  readonly fileName: string;
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export interface UploadFailure {
  readonly fileName: string;
  readonly sentence: string;
}

export interface UploadState {
  readonly active: ActiveUpload | null;
  readonly failure: UploadFailure | null;
}

export interface UploadStore extends StoreApi<UploadState> {
  /** The new source, or `null` when it failed, was cancelled, or another file was still on its way. */
  upload(file: CandleFile): Promise<CandleSource | null>;
  cancel(): void;
  dismiss(): void;
}

const NAME_LENGTH = 120;

/** A file's name as the contract takes it: one line, the ending kept. */
export function sendableName(name: string): string {
  const line = name.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (line === '') return 'Unnamed file';
  return line.length <= NAME_LENGTH ? line : `…${line.slice(1 - NAME_LENGTH)}`;
}

export function createUploadStore(client: ContractClient<Contract>): UploadStore {
  const store = createStore<UploadState>(() => ({ active: null, failure: null }));
  let abort = new AbortController();

  function fail(fileName: string, sentence: string): null {
    store.setState({ active: null, failure: { fileName, sentence } });
    return null;
  }

  /** Stops early when cancelled. */
  async function sendPieces(
    file: CandleFile,
    uploadId: string,
    signal: AbortSignal,
  ): Promise<ContractResult<null>> {
    for (let sent = 0; sent < file.size && !signal.aborted; sent += UPLOAD_CHUNK_BYTES) {
      const end = Math.min(sent + UPLOAD_CHUNK_BYTES, file.size);
      const bytes = await readPiece(file, sent, end);
      if (bytes === null) return { ok: false, error: UNREADABLE };
      const answer = await client.call('candles.upload.chunk', { uploadId, bytes });
      if (!answer.ok) return answer;
      showSent(end);
    }
    return { ok: true, value: null };
  }

  function showSent(sentBytes: number): void {
    store.setState(({ active }) => ({ active: active === null ? null : { ...active, sentBytes } }));
  }

  async function send(
    file: CandleFile,
    fileName: string,
    signal: AbortSignal,
  ): Promise<CandleSource | null> {
    const started = await client.call('candles.upload.start', { fileName, bytes: file.size });
    if (!started.ok) return fail(fileName, started.error.sentence);
    const { uploadId } = started.value;
    const sent = await sendPieces(file, uploadId, signal);
    if (signal.aborted || !sent.ok) {
      await client.call('candles.upload.abort', { uploadId });
      return sent.ok ? null : fail(fileName, sent.error.sentence);
    }
    const finished = await client.call('candles.upload.finish', { uploadId });
    return finished.ok ? finished.value : fail(fileName, finished.error.sentence);
  }

  return {
    ...store,
    async upload(file) {
      const fileName = sendableName(file.name);
      if (store.getState().active !== null) return null;
      if (file.size > UPLOAD_MAX_BYTES) return fail(fileName, tooLarge(file.size));
      abort = new AbortController();
      store.setState({ active: { fileName, sentBytes: 0, totalBytes: file.size }, failure: null });
      const source = await send(file, fileName, abort.signal);
      store.setState({ active: null });
      return source;
    },
    cancel: () => abort.abort(),
    dismiss: () => store.setState({ failure: null }),
  };
}

const UNREADABLE = {
  code: 'CANDLE_FILE_INVALID',
  sentence:
    'The file could not be read from the disk. It may have been moved, or be a folder: choose it again.',
} as const;

/** `null` where the browser cannot read it: moved since it was chosen, or a folder. */
async function readPiece(file: CandleFile, start: number, end: number): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch {
    return null;
  }
}

function tooLarge(bytes: number): string {
  return `The file has ${formatBytes(bytes)}, but at most ${formatBytes(UPLOAD_MAX_BYTES)} can be imported. Split it, or compress it with gzip.`;
}
