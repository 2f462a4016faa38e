/** Milliseconds that reading a candle file into columns takes, checks included. */

import { readCandleFile } from '../../src/app/candles/candle-file.ts';
import type { Figures } from './child.ts';
import { median } from './measure.ts';

const WARM_RUNS = 7;

/** @param csv path of the file */
export async function parserFigures(csv: string): Promise<Figures> {
  const first = await timed(csv);
  const times: number[] = [];
  for (let run = 0; run < WARM_RUNS; run += 1) times.push(await timed(csv));
  return { first, warm: median(times) };
}

async function timed(csv: string): Promise<number> {
  const begin = performance.now();
  const file = await readCandleFile(csv, {});
  if (!file.ok) throw new Error(file.error.sentence);
  return performance.now() - begin;
}
