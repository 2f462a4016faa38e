/** Candle sources behind the contract. */

import type { candlesContract } from '../../contract/candles.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import { ok } from '../../core/domain/result.ts';
import type { CandleLibrary } from './library.ts';

export function candleHandlers(library: CandleLibrary): Handlers<typeof candlesContract> {
  const { uploads } = library;
  return {
    'candles.sources': (_, sink) => {
      const push = (): void => sink.push(library.list());
      push();
      library.refreshLater();
      return library.onChange(push);
    },
    'candles.upload.start': ({ fileName, bytes }) => uploads.start(fileName, bytes),
    'candles.upload.chunk': ({ uploadId, bytes }) => uploads.receive(uploadId, bytes),
    'candles.upload.finish': async ({ uploadId }) => {
      const received = await uploads.finish(uploadId);
      return received.ok ? library.add(received.value) : received;
    },
    'candles.upload.abort': async ({ uploadId }) => {
      await uploads.abort(uploadId);
      return ok({});
    },
    'candles.delete': ({ sourceId }) => library.remove(sourceId),
    'candles.chart': ({ sourceId }) => library.chart(sourceId),
  };
}
