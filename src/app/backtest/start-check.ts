/** Whether a backtest can be started as asked: what is wrong is said before anything is queued. */

import { backtestConfig, type BacktestConfigWire } from '../../contract/backtest.ts';
import type { CandleSource } from '../../contract/candles.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { checkConfig } from '../../core/backtest/config.ts';
import { ok } from '../../core/domain/result.ts';

export interface StartRequest {
  readonly source: CandleSource;
  /** With the strategy's parameters complete. */
  readonly config: BacktestConfigWire;
}

export function checkStart(
  source: CandleSource | null,
  config: BacktestConfigWire,
): ContractResult<StartRequest> {
  if (source === null) {
    return contractFailure(
      'CANDLE_SOURCE_NOT_FOUND',
      'These candles are not in the library any more. Choose others, or import the file again.',
    );
  }
  if (config.timeframe !== source.timeframe) {
    return contractFailure(
      'BACKTEST_CONFIG_INVALID',
      `"${source.name}" holds ${source.timeframe} candles, but the timeframe is ${config.timeframe}. Choose ${source.timeframe}.`,
    );
  }
  const checked = checkConfig(config);
  if (!checked.ok) return checked;
  return ok({ source, config: backtestConfig.parse(checked.value.config) });
}
