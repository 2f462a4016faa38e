/** Files on their way from the window: received in pieces, in order, into a folder of their own. */

import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UPLOAD_CHUNK_BYTES, UPLOAD_MAX_BYTES } from '../../contract/upload-limits.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { ok } from '../../core/domain/result.ts';

/** At a time; a window sends one. The others were left by windows that closed or were loaded anew. */
const MAX_UPLOADS = 4;

interface Upload {
  readonly fileName: string;
  readonly path: string;
  readonly expectedBytes: number;
  receivedBytes: number;
  /** Pieces are written one after another, whatever order their writes would end in. */
  lastWrite: Promise<void>;
}

export interface ReceivedFile {
  readonly fileName: string;
  readonly path: string;
  /** Deletes the received bytes. */
  discard(): Promise<void>;
}

export class Uploads {
  readonly #folder: string;
  readonly #newId: () => string;
  readonly #uploads = new Map<string, Upload>();

  private constructor(folder: string, newId: () => string) {
    this.#folder = folder;
    this.#newId = newId;
  }

  /** Empties the folder: what lies there was left by an app that ended in the middle. */
  static async open(folder: string, newId: () => string): Promise<Uploads> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new Uploads(folder, newId);
  }

  async start(fileName: string, bytes: number): Promise<ContractResult<{ uploadId: string }>> {
    if (bytes > UPLOAD_MAX_BYTES) {
      return contractFailure(
        'UPLOAD_TOO_LARGE',
        `${fileName} has ${megabytes(bytes)} MB; a candle file may have ${megabytes(UPLOAD_MAX_BYTES)}. Split it or gzip it.`,
      );
    }
    const uploadId = this.#newId();
    const path = join(this.#folder, uploadId);
    await writeFile(path, '', { mode: 0o600 });
    const upload = { fileName, path, expectedBytes: bytes, receivedBytes: 0 };
    this.#uploads.set(uploadId, { ...upload, lastWrite: Promise.resolve() });
    const [longestSilent] = this.#uploads.keys();
    if (this.#uploads.size > MAX_UPLOADS && longestSilent !== undefined) {
      await this.abort(longestSilent);
    }
    return ok({ uploadId });
  }

  async receive(
    uploadId: string,
    bytes: Uint8Array,
  ): Promise<ContractResult<{ receivedBytes: number }>> {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined) return notFound();
    const total = upload.receivedBytes + bytes.length;
    if (bytes.length > UPLOAD_CHUNK_BYTES || total > upload.expectedBytes) {
      await this.abort(uploadId);
      return contractFailure(
        'UPLOAD_TOO_LARGE',
        `More of ${upload.fileName} arrived than was announced: it changed while it was read. Add it again.`,
      );
    }
    upload.receivedBytes = total;
    // To the end of the map: its first one is then the one that has been silent longest.
    this.#uploads.delete(uploadId);
    this.#uploads.set(uploadId, upload);
    upload.lastWrite = upload.lastWrite.then(() => appendFile(upload.path, bytes));
    await upload.lastWrite;
    return ok({ receivedBytes: total });
  }

  /** Hands the complete file over; the upload is then over. */
  async finish(uploadId: string): Promise<ContractResult<ReceivedFile>> {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined) return notFound();
    if (upload.receivedBytes !== upload.expectedBytes) {
      await this.abort(uploadId);
      return contractFailure(
        'CANDLE_FILE_INVALID',
        `Only ${upload.receivedBytes} of ${upload.expectedBytes} bytes of ${upload.fileName} arrived. Add it again.`,
      );
    }
    this.#uploads.delete(uploadId);
    const { fileName, path, lastWrite } = upload;
    await lastWrite;
    return ok({ fileName, path, discard: () => rm(path, { force: true }) });
  }

  /** An unknown id is no error: the upload may be over. */
  async abort(uploadId: string): Promise<void> {
    const upload = this.#uploads.get(uploadId);
    this.#uploads.delete(uploadId);
    if (upload === undefined) return;
    // A write that failed has told its caller; what it wrote must go all the same.
    await Promise.allSettled([upload.lastWrite]);
    await rm(upload.path, { force: true });
  }
}

function notFound(): ContractResult<never> {
  return contractFailure(
    'UPLOAD_NOT_FOUND',
    'This upload is over or was given up. Add the file again.',
  );
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
