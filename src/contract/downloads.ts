/** Candles from exchanges: downloading them, and checking and exporting whatever candles are kept. */

import { z } from 'zod';
import { exportedFile } from './backtest.ts';
import { call, stream } from './define.ts';
import { contractError } from './errors.ts';
import { VENUE_IDS } from './live.ts';
import { id, nothing, symbol, timeframe, timestamp } from './shared-schemas.ts';

/** Bars that are missing between the first and the last. */
export const candleGap = z.strictObject({
  from: timestamp,
  /** Start of the next bar that is there. */
  to: timestamp,
  bars: z.number().int().positive(),
  /** The exchange was asked and has none, or it has not been asked yet. */
  cause: z.enum(['exchange', 'not-downloaded']),
});

const candleCheck = z.strictObject({
  /** A sentence for each defect; none where the candles are whole and sound. */
  problems: z.array(z.string()),
  gaps: z.array(candleGap),
});

const downloadRequest = z.strictObject({
  exchange: z.enum(VENUE_IDS),
  symbol,
  timeframe,
  /** ms UTC. */
  from: timestamp,
  /** The first moment that is not wanted, ms UTC; `null` is now. A bar that is still forming is never kept. */
  to: timestamp.nullable(),
});

const downloadState = z.enum(['queued', 'running', 'done', 'cancelled', 'failed']);

export const downloadProgress = z.strictObject({
  state: downloadState,
  pages: z.number().int(),
  /** New ones. */
  bars: z.number().int(),
  /** Of what was missing, 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** What the person did not ask for but got, once `done`. */
  remark: z.string().nullable(),
  /** Among the candle sources, once `done`; `null` where the exchange has no bars in the range. */
  sourceId: id.nullable(),
  /** Set when `failed`. What was read before is kept. */
  error: contractError.nullable(),
});

export const downloadEntry = z.strictObject({
  id,
  request: downloadRequest,
  progress: downloadProgress,
});

export const downloadsContract = {
  /** Queues it; one that asks for the same series is refused with DOWNLOAD_BUSY. */
  'downloads.start': call(downloadRequest, z.strictObject({ downloadId: id })),
  'downloads.watch': stream(z.strictObject({ downloadId: id }), downloadProgress, 'latest'),
  /** What was read is kept. */
  'downloads.cancel': call(z.strictObject({ downloadId: id }), nothing),
  /** Those since the app's start, newest first; again whenever one begins or ends. */
  'downloads.list': stream(nothing, z.array(downloadEntry), 'latest'),
  /** Reads all of a candle source again: hash, order, prices, gaps. */
  'candles.check': call(z.strictObject({ sourceId: id }), candleCheck),
  /** A candle source as a file that can be added again. */
  'candles.export': call(
    z.strictObject({ sourceId: id, format: z.enum(['csv', 'json']) }),
    exportedFile,
  ),
} as const;

export type CandleCheck = z.infer<typeof candleCheck>;
export type DownloadProgressEvent = z.infer<typeof downloadProgress>;
export type DownloadEntry = z.infer<typeof downloadEntry>;
