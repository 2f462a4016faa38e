/** The long part of a run as bytes for storage: made in the worker, read back when a run is shown or exported. */

import { constants, deflateSync, inflateSync } from 'node:zlib';
import { z } from 'zod';
import { denial, trade } from '../../contract/backtest.ts';
import type { BacktestReport } from '../../core/backtest/report.ts';
import type { Bytes, PackedOutcome } from '../storage/storage.ts';
import { thinCurve, type Curve } from './curve.ts';

/** Packs one part after another; `onPart` is told the fraction done, and `false` from it ends the packing with `null`. */
export function packOutcome(
  report: BacktestReport,
  onPart: (fraction: number) => boolean,
): PackedOutcome | null {
  const curve = packCurve(thinCurve(report));
  if (!onPart(0.25)) return null;
  const trades = packRows(report.trades);
  if (!onPart(0.5)) return null;
  const denials = packRows(report.denials);
  if (!onPart(0.75)) return null;
  const time = packTimes(report.candles.time.subarray(0, report.candles.length));
  const equity = bytesOf(report.equity.slice(0, report.candles.length));
  return onPart(1) ? { curve, trades, denials, time, equity } : null;
}

export function unpackTrades({ trades }: PackedOutcome): z.infer<typeof trade>[] {
  return z.array(trade).parse(unpackRows(trades));
}

export function unpackDenials({ denials }: PackedOutcome): z.infer<typeof denial>[] {
  return z.array(denial).parse(unpackRows(denials));
}

export function unpackEquity({ equity }: PackedOutcome): Float64Array {
  return columnOf(equity);
}

/** Steps between bars are nearly always the same number: compressed, they take almost no room. */
export function unpackTimes({ time }: PackedOutcome): Float64Array {
  const times = columnOf(inflateSync(time));
  for (let index = 1; index < times.length; index += 1) {
    times[index] = (times[index] ?? NaN) + (times[index - 1] ?? NaN);
  }
  return times;
}

function packTimes(times: Float64Array): Bytes {
  return deflated(
    bytesOf(times.map((time, index) => time - (index === 0 ? 0 : (times[index - 1] ?? NaN)))),
  );
}

export function unpackCurve({ curve }: PackedOutcome): Curve {
  const all = columnOf(curve);
  const points = all.length / 4;
  const column = (place: number): Float64Array => all.slice(place * points, (place + 1) * points);
  return { time: column(0), equity: column(1), drawdown: column(2), buyAndHold: column(3) };
}

function packCurve({ time, equity, drawdown, buyAndHold }: Curve): Bytes {
  const all = new Float64Array(4 * time.length);
  [time, equity, drawdown, buyAndHold].forEach((column, place) =>
    all.set(column, place * time.length),
  );
  return bytesOf(all);
}

function packRows(rows: readonly object[]): Bytes {
  return deflated(new TextEncoder().encode(JSON.stringify(rows)));
}

function unpackRows(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(inflateSync(bytes)));
}

/** A copy with a buffer of its own: Node's small buffers share one, which no thread may give away. */
function deflated(bytes: Uint8Array): Bytes {
  return new Uint8Array(deflateSync(bytes, { level: constants.Z_BEST_SPEED }));
}

/** In this machine's byte order, which is little-endian on everything the app runs on. */
function bytesOf(column: Float64Array<ArrayBuffer>): Bytes {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** A copy, because a Float64Array must begin at a multiple of 8 bytes. */
function columnOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}
