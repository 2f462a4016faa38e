/** A candle source in the list: name, what it is, how much of it there is. */

import type { CandleSource } from '../../../../contract/candles.ts';
import { formatCounted, formatDateRange } from '../../../ui/format.ts';

export function sourceOption(source: CandleSource | undefined) {
  if (source === undefined) return null;
  const { name, synthetic, timeframe, bars, firstTime, lastTime } = source;
  return (
    <div className="source-option">
      <span className="source-option-name">
        {name}
        {synthetic && <span className="tag-synthetic">Synthetic</span>}
      </span>
      <span className="quiet">
        {timeframe} · {formatCounted(bars, 'bar', 'bars')}
      </span>
      <span className="quiet">{formatDateRange(firstTime, lastTime)}</span>
    </div>
  );
}
