/** A report's figures for a terminal. */

import type { DocumentCandles } from '../core/backtest/document.ts';
import type { BacktestReport } from '../core/backtest/report.ts';
import { DAY_MS } from '../core/domain/timeframe.ts';
import { shownMoment } from './data-sentences.ts';

type Row = readonly [name: string, value: string];

const UNDEFINED = '–';
const NAME_WIDTH = 22;

export function summaryTable(report: BacktestReport, candles: DocumentCandles): string {
  const lines = rowsOf(report).map(([name, value]) => `  ${name.padEnd(NAME_WIDTH)}${value}`);
  return `${[...headOf(report, candles), '', ...lines].join('\n')}\n`;
}

function headOf({ config, summary }: BacktestReport, candles: DocumentCandles): string[] {
  const params = Object.entries(config.params).map(([name, value]) => `${name}=${value}`);
  const synthetic = candles.synthetic ? ['SYNTHETIC candles: generated, not traded.'] : [];
  return [
    ...synthetic,
    `${config.strategy} ${params.join(' ')}, limits ${config.limits}`,
    `${config.symbol} ${config.timeframe} from ${candles.name}`,
    `${summary.bars} ${summary.bars === 1 ? 'bar' : 'bars'}, ${shownMoment(summary.firstTime)} to ${shownMoment(summary.lastTime)} UTC`,
  ];
}

function rowsOf({ summary, config }: BacktestReport): readonly Row[] {
  const quote = config.symbol.split('/')[1] ?? '';
  const money = (value: number | null): string =>
    value === null ? UNDEFINED : `${value.toFixed(2)} ${quote}`;
  return [
    ['Starting balance', money(summary.startingBalance)],
    ['Final balance', money(summary.finalBalance)],
    ['Total return', percent(summary.totalReturn)],
    ['Buy and hold', percent(summary.buyAndHoldReturn)],
    ['CAGR', percent(summary.cagr)],
    ['Volatility', percent(summary.volatility)],
    ['Sharpe', ratio(summary.sharpe)],
    ['Sortino', ratio(summary.sortino)],
    ['Calmar', ratio(summary.calmar)],
    ['Max drawdown', percent(summary.maxDrawdown)],
    ['Longest drawdown', days(summary.maxDrawdownDurationMs)],
    ['Time in the market', percent(summary.exposureTime)],
    ['Closed trades', String(summary.tradeCount)],
    ['Win rate', percent(summary.winRate)],
    ['Profit factor', ratio(summary.profitFactor)],
    ['Expectancy', money(summary.expectancy)],
    ['SQN', ratio(summary.sqn)],
    ['Fees', money(summary.fees)],
    ['Denied orders', String(summary.denialCount)],
  ];
}

function percent(fraction: number | null): string {
  return fraction === null ? UNDEFINED : `${(fraction * 100).toFixed(2)} %`;
}

function ratio(value: number | null): string {
  return value === null ? UNDEFINED : value.toFixed(2);
}

function days(ms: number): string {
  return `${(ms / DAY_MS).toFixed(1)} days`;
}
