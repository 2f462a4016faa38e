/** One download of this dialog: started, watched, stopped. */

import { useEffect, useRef, useState } from 'react';
import type { DownloadProgressEvent } from '../../../../contract/downloads.ts';
import { useServices } from '../../../app/services.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import type { DownloadRequest } from './download-request.ts';

export interface Download {
  /** `null` before the first. */
  readonly progress: DownloadProgressEvent | null;
  readonly isUnderWay: boolean;
  /** Why the last one could not be done, as a sentence. */
  readonly failure: string | null;
  readonly start: (request: DownloadRequest) => Promise<void>;
  readonly cancel: () => void;
}

/** @param onSource told of the candle source once it is whole */
export function useDownload(onSource: (sourceId: string) => void): Download {
  const { client } = useServices();
  const [downloadId, setDownloadId] = useState<string | null>(null);
  const [progress, setProgress] = useState<DownloadProgressEvent | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const told = useRef(onSource);

  useEffect(() => {
    if (downloadId === null) return;
    return client.subscribe(
      'downloads.watch',
      { downloadId },
      {
        onEvent(event) {
          setProgress(event);
          if (event.state === 'queued' || event.state === 'running') return;
          setDownloadId(null);
          setFailure(event.error?.sentence ?? null);
          if (event.state !== 'done' || event.sourceId === null) return;
          notifyDone('The candles are here, and chosen for the next backtest.');
          told.current(event.sourceId);
        },
        onEnd: (error) => {
          setDownloadId(null);
          if (error !== null) setFailure(error.sentence);
        },
      },
    );
  }, [client, downloadId]);

  return {
    progress,
    isUnderWay: downloadId !== null,
    failure,
    async start(request) {
      setFailure(null);
      setProgress(null);
      const started = await client.call('downloads.start', request);
      if (started.ok) setDownloadId(started.value.downloadId);
      else setFailure(started.error.sentence);
    },
    cancel() {
      if (downloadId === null) return;
      client.call('downloads.cancel', { downloadId }).then(
        (answer) => {
          if (!answer.ok) setFailure(answer.error.sentence);
        },
        // The client answers with a failure; it never throws.
        () => {},
      );
    },
  };
}
