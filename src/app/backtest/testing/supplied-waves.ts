/** A candle library with one source in it, the waves. */

import type { CandleSource } from '../../../contract/candles.ts';
import type { CandleColumns } from '../../../core/domain/candles.ts';
import { ok } from '../../../core/domain/result.ts';
import type { CandleSupply } from '../candle-supply.ts';

export function suppliedWaves(
  candles: CandleColumns,
  load: CandleSupply['load'] = async () => ok(candles),
): CandleSupply {
  const source: CandleSource = {
    id: 'waves',
    name: 'Waves',
    kind: 'sample',
    synthetic: true,
    symbol: null,
    timeframe: '1m',
    bars: candles.length,
    firstTime: 0,
    lastTime: candles.time[candles.length - 1] ?? 0,
    warnings: [],
  };
  return {
    find: (id) => (id === source.id ? source : null),
    described: () => ({ name: 'waves.csv', sha256: null, synthetic: true, warnings: [] }),
    load,
  };
}
