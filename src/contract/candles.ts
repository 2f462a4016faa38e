/** Candle sources: the synthetic sample and imported files. */

import { z } from 'zod';
import { call, stream } from './define.ts';
import { displayName, float64Column, id, nothing, timeframe, timestamp } from './shared-schemas.ts';

/** A defect that was found and mended or tolerated: a gap, bars without volume, duplicates, reversed order. */
export const candleWarning = z.strictObject({
  code: z.string(),
  /** How often it was found. */
  count: z.number().int().positive(),
  /** Line (or array index) of the first one; `null` where it is a matter of the whole file. */
  firstLine: z.number().int().nullable(),
  sentence: z.string(),
});

export const candleSource = z.strictObject({
  id,
  name: displayName,
  /** `sample` is generated, and must be labelled synthetic wherever it shows; a `series` was downloaded, and may grow. */
  kind: z.enum(['sample', 'file', 'series']),
  synthetic: z.boolean(),
  /** What the file says or suggests it is; `null` where it says nothing. */
  symbol: z.string().nullable(),
  timeframe,
  bars: z.number().int().positive(),
  firstTime: timestamp,
  lastTime: timestamp,
  warnings: z.array(candleWarning),
});

export const candleChart = z.strictObject({
  time: float64Column,
  open: float64Column,
  high: float64Column,
  low: float64Column,
  close: float64Column,
  volume: float64Column,
});

export const candlesContract = {
  'candles.sources': stream(nothing, z.array(candleSource), 'latest'),
  /** A file is read by the window in pieces and sent in order: the same path for a dialog and for a drop, in both shells. */
  'candles.upload.start': call(
    z.strictObject({ fileName: displayName, bytes: z.number().int().min(0) }),
    z.strictObject({ uploadId: id }),
  ),
  'candles.upload.chunk': call(
    z.strictObject({ uploadId: id, bytes: z.instanceof(Uint8Array<ArrayBufferLike>) }),
    z.strictObject({ receivedBytes: z.number().int() }),
  ),
  /** Parses what was uploaded. CANDLE_FILE_INVALID says what is wrong and in which line. */
  'candles.upload.finish': call(z.strictObject({ uploadId: id }), candleSource),
  'candles.upload.abort': call(z.strictObject({ uploadId: id }), nothing),
  'candles.delete': call(z.strictObject({ sourceId: id }), nothing),
  'candles.chart': call(z.strictObject({ sourceId: id }), candleChart),
} as const;

export type CandleWarning = z.infer<typeof candleWarning>;
export type CandleSource = z.infer<typeof candleSource>;
export type CandleChart = z.infer<typeof candleChart>;
