/** Downloads as the window meets them: through the contract, over a real folder and a history from a table. */

import { onTestFinished } from 'vitest';
import { candlesContract, type CandleSource } from '../../../contract/candles.ts';
import { defineContract } from '../../../contract/define.ts';
import {
  downloadsContract,
  type DownloadEntry,
  type DownloadProgressEvent,
} from '../../../contract/downloads.ts';
import { connectContract } from '../../../contract/rpc/client.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../../contract/rpc/server.ts';
import { candleHandlers } from '../../candles/handlers.ts';
import { CandleLibrary } from '../../candles/library.ts';
import { SAMPLE_URL } from '../../candles/sample.ts';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';
import type { OpenHistory } from '../open-history.ts';
import { SeriesShelf } from '../series-shelf.ts';
import { DownloadService } from '../service.ts';
import { seriesFolder } from '../open-history.ts';
import { SeriesStore } from '../series-store.ts';

const contract = defineContract(candlesContract, downloadsContract);

export interface DownloadStage {
  readonly client: ContractClient<typeof contract>;
  readonly folder: string;
  readonly store: SeriesStore;
  readonly faults: unknown[];
  readonly start: (request: DownloadEntry['request']) => Promise<string>;
  /** All progress of a download until it is over. */
  readonly watched: (
    id: string,
    onEvent?: (progress: DownloadProgressEvent) => void,
  ) => Promise<readonly DownloadProgressEvent[]>;
  readonly series: () => Promise<readonly CandleSource[]>;
  readonly list: () => Promise<readonly DownloadEntry[]>;
  readonly close: () => Promise<void>;
}

export async function aDownloadStage(openHistory: OpenHistory): Promise<DownloadStage> {
  const folder = await temporaryFolder();
  const faults: unknown[] = [];
  let ids = 0;
  const parts = {
    newId: () => `id-${(ids += 1)}`,
    reportFault: (error: unknown) => void faults.push(error),
  };
  const store = new SeriesStore(seriesFolder(folder, null));
  const series = new SeriesShelf(store, false);
  const library = await CandleLibrary.open({
    ...parts,
    dataDir: folder,
    sampleUrl: SAMPLE_URL,
    series,
  });
  const service = new DownloadService({ ...parts, store, library, openHistory });
  const channels = createMemoryChannels(structuredClone);
  const handlers = { ...candleHandlers(library), ...service.handlers };
  serveContract(contract, handlers, channels.app, {
    newIncidentId: () => 'incident',
    onInternalError: ({ error }) => faults.push(error),
  });
  const client = connectContract(contract, channels.window);
  const close = (): Promise<void> => service.close();
  onTestFinished(close);

  const first = <T>(name: 'candles.sources' | 'downloads.list'): Promise<T> =>
    new Promise((resolve, reject) => {
      const stop = client.subscribe(
        name,
        {},
        {
          // The name says which of the two it is.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          onEvent: (value) => resolve(value as T),
          onEnd: (error) => reject(new Error(error?.sentence)),
        },
      );
      onTestFinished(stop);
    });
  return {
    client,
    folder,
    store,
    faults,
    close,
    start: async (request) => {
      const answer = await client.call('downloads.start', request);
      if (!answer.ok) throw new Error(answer.error.sentence);
      return answer.value.downloadId;
    },
    watched: (downloadId, onEvent = () => {}) =>
      new Promise((resolve, reject) => {
        const events: DownloadProgressEvent[] = [];
        client.subscribe(
          'downloads.watch',
          { downloadId },
          {
            onEvent: (event) => {
              events.push(event);
              onEvent(event);
            },
            onEnd: (error) =>
              error === null
                ? resolve(events)
                : reject(new Error(`${error.code}: ${error.sentence}`)),
          },
        );
      }),
    series: async () =>
      (await first<CandleSource[]>('candles.sources')).filter(({ kind }) => kind === 'series'),
    list: () => first<DownloadEntry[]>('downloads.list'),
  };
}
