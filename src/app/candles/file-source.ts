/** What is kept of a candle file beside its columns. */

import type { CandleSource } from '../../contract/candles.ts';
import type { CandleFile } from './candle-file.ts';
import type { StoredSource } from './source-store.ts';
import { guessSymbol } from './symbol-guess.ts';

/** Enough of the hash to tell any two files apart. */
const ID_LENGTH = 32;

/** @param symbol what it is of; guessed from the file's name where it is not given */
export function fileSource(
  fileName: string,
  file: CandleFile,
  symbol: string | null = guessSymbol(fileName),
): StoredSource {
  return {
    sha256: file.sha256,
    source: {
      id: file.sha256.slice(0, ID_LENGTH),
      name: fileName,
      kind: 'file',
      synthetic: false,
      symbol,
      ...shapeOf(file),
    },
  };
}

type Shape = Pick<CandleSource, 'timeframe' | 'bars' | 'firstTime' | 'lastTime' | 'warnings'>;

export function shapeOf({ candles, timeframe, warnings }: CandleFile): Shape {
  const { length, time } = candles;
  return {
    timeframe,
    bars: length,
    firstTime: time[0] ?? 0,
    lastTime: time[length - 1] ?? 0,
    warnings: [...warnings],
  };
}
