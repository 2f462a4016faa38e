/** What a backtest needs of the candle library. */

import type { CandleSource } from '../../contract/candles.ts';
import type { DocumentCandles } from '../../core/backtest/document.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import type { Failure, Result } from '../../core/domain/result.ts';

export interface CandleSupply {
  find(sourceId: string): CandleSource | null;
  /** What a document says of the source: the same as the command line's of the same file. */
  described(sourceId: string): DocumentCandles | null;
  /** Columns over shared memory, so that a worker reads them without a copy. Nobody writes to them. */
  load(sourceId: string): Promise<Result<CandleColumns, Failure<'CANDLE_SOURCE_NOT_FOUND'>>>;
}
