/** Downloads behind the contract: one at a time, watched, cancelled, and over before the app is. */

import type { downloadsContract, DownloadEntry } from '../../contract/downloads.ts';
import {
  contractFailure,
  type ContractErrorCode,
  type ContractResult,
} from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import { fail, ok } from '../../core/domain/result.ts';
import type { CandleLibrary } from '../candles/library.ts';
import { createJobQueue } from '../workers/queue.ts';
import { downloadSeries, type DownloadFailure, type FinishedDownload } from './download.ts';
import { DownloadBook, isOver } from './download-book.ts';
import type { OpenHistory } from './open-history.ts';
import { isSymbol, seriesId } from './series-name.ts';
import type { SeriesStore } from './series-store.ts';

export interface DownloadServiceOptions {
  readonly store: SeriesStore;
  readonly library: CandleLibrary;
  readonly openHistory: OpenHistory;
  readonly newId: () => string;
  readonly reportFault: (error: unknown) => void;
}

type Request = DownloadEntry['request'];

/** A download from its start to its end. */
interface Execution {
  readonly ending: AbortController;
  readonly over: PromiseWithResolvers<void>;
  withdraw: () => boolean;
}

const NOT_FOUND = fail(
  'DOWNLOAD_NOT_FOUND',
  'This download is not there any more. What it has read is among the candles.',
);

const BROKEN = {
  code: 'INTERNAL',
  sentence:
    'The download stopped unexpectedly. What was read is kept; the log of the app says more. Start it again.',
} as const;

export class DownloadService {
  readonly handlers: Handlers<typeof downloadsContract>;
  readonly #options: DownloadServiceOptions;
  readonly #book: DownloadBook;
  readonly #executions = new Map<string, Execution>();
  readonly #queue: ReturnType<typeof createJobQueue>;
  #isClosed = false;

  constructor(options: DownloadServiceOptions) {
    this.#options = options;
    this.#book = new DownloadBook(options.reportFault);
    // One at a time: an exchange counts the requests of all of them.
    this.#queue = createJobQueue(1, options.reportFault);
    this.handlers = this.#handlers(options.library);
  }

  /** Ends what runs; what was read is kept. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#executions.keys()].map((id) => this.#end(id)));
  }

  #handlers(library: CandleLibrary): Handlers<typeof downloadsContract> {
    const book = this.#book;
    return {
      'downloads.start': (request) => this.#start(request),
      'downloads.watch': ({ downloadId }, sink) => {
        const stop = book.watch(downloadId, (progress) => {
          sink.push(progress);
          if (isOver(progress)) sink.end(null);
        });
        if (stop === null) sink.end(NOT_FOUND.error);
        return stop ?? (() => {});
      },
      'downloads.cancel': async ({ downloadId }) => {
        if (book.find(downloadId) === null) return NOT_FOUND;
        await this.#end(downloadId);
        return ok({});
      },
      'downloads.list': (_, sink) => book.watchAll((entries) => sink.push(entries)),
      'candles.check': ({ sourceId }) => library.check(sourceId),
      'candles.export': ({ sourceId, format }) => library.export(sourceId, format),
    };
  }

  #start(request: Request): ContractResult<{ downloadId: string }> {
    const refusal = this.#refusal(request);
    if (refusal !== null) return refusal;
    const id = this.#options.newId();
    this.#book.add(id, request);
    const execution: Execution = {
      ending: new AbortController(),
      over: Promise.withResolvers(),
      withdraw: () => false,
    };
    this.#executions.set(id, execution);
    execution.withdraw = this.#queue.add(() => this.#carryOut(id, request, execution));
    return ok({ downloadId: id });
  }

  #refusal({ symbol, from, to, ...rest }: Request): ContractResult<never> | null {
    if (!isSymbol(symbol)) {
      return contractFailure('DOWNLOAD_INVALID', 'Write the pair with a slash, as in BTC/USDT.');
    }
    if (to !== null && to <= from) {
      return contractFailure('DOWNLOAD_INVALID', 'The end must be after the start.');
    }
    if (this.#isClosed) return contractFailure('DOWNLOAD_BUSY', 'The app is closing.');
    const series = seriesId({ symbol, ...rest });
    const isAsked = this.#book.open().some((entry) => seriesId(entry.request) === series);
    if (!isAsked) return null;
    return contractFailure(
      'DOWNLOAD_BUSY',
      `${series} is being downloaded already. Wait until that is over, or stop it.`,
    );
  }

  async #carryOut(id: string, request: Request, { ending, over }: Execution): Promise<void> {
    try {
      await this.#download(id, request, ending.signal);
    } catch (error) {
      this.#options.reportFault(error);
      this.#book.fail(id, BROKEN);
    } finally {
      this.#executions.delete(id);
      over.resolve();
    }
  }

  async #download(
    id: string,
    { from, to, ...series }: Request,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, library, openHistory } = this.#options;
    if (signal.aborted) return this.#book.update(id, { state: 'cancelled' });
    this.#book.update(id, { state: 'running' });
    const history = await openHistory(series.exchange);
    const onProgress = (progress: object): void => this.#book.update(id, progress);
    try {
      const done = await downloadSeries(
        { series, from, to },
        { store, history, onProgress, signal },
      );
      await library.refresh();
      if (done.ok) this.#finish(id, done.value);
      else this.#endFailed(id, done.error);
    } finally {
      history.close();
    }
  }

  #finish(id: string, { series, pages, bars, remark }: FinishedDownload): void {
    const sourceId = series.bars === 0 ? null : seriesId(series);
    this.#book.update(id, { state: 'done', pages, bars, fraction: 1, remark, sourceId });
  }

  #endFailed(id: string, { code, sentence }: DownloadFailure): void {
    if (code === 'CANCELLED') this.#book.update(id, { state: 'cancelled' });
    else this.#book.fail(id, { code: CODES[code], sentence });
  }

  /** Resolves when it is over; at once where it is already. */
  async #end(id: string): Promise<void> {
    const execution = this.#executions.get(id);
    if (execution === undefined) return;
    execution.ending.abort();
    const request = this.#book.find(id)?.request;
    if (execution.withdraw() && request !== undefined) await this.#carryOut(id, request, execution);
    await execution.over.promise;
  }
}

const CODES = {
  FEED_UNAVAILABLE: 'FEED_UNAVAILABLE',
  FEED_REFUSED: 'EXCHANGE_REFUSED',
  SYMBOL_UNKNOWN: 'EXCHANGE_REFUSED',
  SERIES_BUSY: 'DOWNLOAD_BUSY',
  RANGE_INVALID: 'DOWNLOAD_INVALID',
  SERIES_UNREADABLE: 'DOWNLOAD_FAILED',
  DISK_UNUSABLE: 'DOWNLOAD_FAILED',
} as const satisfies Record<Exclude<DownloadFailure['code'], 'CANCELLED'>, ContractErrorCode>;
