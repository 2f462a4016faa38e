/** Where a report of the engine and the plain loop's run differ. */

import type { BacktestReport } from '../../src/core/backtest/report.ts';
import type { PlainRun } from './plain-loop.ts';

/** Relative to the larger of the two figures, or to what a figure is a difference of: beyond it rounding explains nothing. */
const TOLERANCE = 1e-9;

/** One line for each difference; empty when both say the same. */
export function differences(report: BacktestReport, plain: PlainRun): string[] {
  const { summary, trades, equity } = report;
  const found: string[] = [];
  const compare = (name: string, engine: unknown, other: unknown, scale = 0): void => {
    if (!isSame(engine, other, scale))
      found.push(`${name}: engine ${String(engine)}, plain loop ${String(other)}`);
  };
  compare('number of trades', trades.length, plain.trades.length);
  trades.forEach((trade, index) => {
    const other = plain.trades[index];
    if (other === undefined) return;
    const { pnl, returnPct, ...rest } = trade;
    compare(`trade ${index}, pnl`, pnl, other.pnl, trade.amount * trade.entryPrice);
    compare(`trade ${index}, returnPct`, returnPct, other.returnPct, 1);
    for (const [name, value] of Object.entries(rest)) {
      compare(`trade ${index}, ${name}`, value, other[name as keyof typeof rest]);
    }
  });
  equity.forEach((value, bar) => compare(`equity of bar ${bar}`, value, plain.equity[bar]));
  compare('fees', summary.fees, plain.fees);
  compare('bars in the market', summary.exposureTime * summary.bars, plain.barsInMarket);
  compare('max drawdown', summary.maxDrawdown, plain.maxDrawdown, 1);
  compare('Sharpe', summary.sharpe, plain.sharpe, 1);
  return found;
}

function isSame(engine: unknown, other: unknown, scale: number): boolean {
  if (typeof engine !== 'number' || typeof other !== 'number') return engine === other;
  return Math.abs(engine - other) <= TOLERANCE * Math.max(Math.abs(engine), Math.abs(other), scale);
}
