/** The definitions of docs/backtesting.md written down a second time, as slowly and literally as they read. */

import { DAY_MS } from '../../domain/timeframe.ts';
import type { BacktestSummary, Trade } from '../report.ts';
import type { Curve } from './curve.ts';

export function naiveFigures({
  equity,
  time,
  start,
  trades,
  barsInMarket,
}: Required<Curve>): Partial<BacktestSummary> {
  const final = equity.at(-1) ?? NaN;
  const days = ((time.at(-1) ?? NaN) - (time[0] ?? NaN)) / DAY_MS;
  const cagr = defined((final / start) ** (365 / days) - 1);
  const maxDrawdown = Math.max(
    ...equity.map((value, index) => {
      const peak = Math.max(start, ...equity.slice(0, index + 1));
      return (peak - value) / peak;
    }),
  );
  return {
    totalReturn: final / start - 1,
    cagr: days === 0 ? null : cagr,
    ...naiveRatios(equity, time),
    maxDrawdown,
    calmar: days === 0 || cagr === null || maxDrawdown === 0 ? null : cagr / maxDrawdown,
    maxDrawdownDurationMs: naiveDuration(equity, time, start),
    exposureTime: barsInMarket / equity.length,
    ...naiveTrades(trades.filter((made) => made.exitTime !== null)),
  };
}

function naiveRatios(equity: readonly number[], time: readonly number[]): Partial<BacktestSummary> {
  const lastOfDay = new Map(
    time.map((at, index) => [new Date(at).toISOString().slice(0, 10), equity[index] ?? NaN]),
  );
  const closes = [...lastOfDay.values()];
  const returns = closes.slice(1).map((value, index) => value / (closes[index] ?? NaN) - 1);
  if (returns.length < 2) return { volatility: null, sharpe: null, sortino: null };
  const downside = Math.sqrt(mean(returns.map((value) => Math.min(value, 0) ** 2)));
  return {
    volatility: deviation(returns) * Math.sqrt(365),
    sharpe: defined((mean(returns) / deviation(returns)) * Math.sqrt(365)),
    sortino: defined((mean(returns) / downside) * Math.sqrt(365)),
  };
}

/** For every bar: how long until equity is back at the highest value up to there. */
function naiveDuration(equity: readonly number[], time: readonly number[], start: number): number {
  const durations = equity.map((_, from) => {
    const peak = Math.max(start, ...equity.slice(0, from + 1));
    const isPeakBar = equity[from] === peak || (from === 0 && (equity[0] ?? NaN) < start);
    const later = equity.findIndex((value, index) => index > from && value >= peak);
    const recovered = later === -1 ? equity.length - 1 : later;
    const fell = equity.slice(from, recovered + 1).some((value) => value < peak);
    return isPeakBar && fell ? (time[recovered] ?? NaN) - (time[from] ?? NaN) : 0;
  });
  return Math.max(0, ...durations);
}

function naiveTrades(closed: readonly Trade[]): Partial<BacktestSummary> {
  const pnls = closed.map(({ pnl }) => pnl);
  const wins = pnls.filter((pnl) => pnl > 0);
  const losses = pnls.filter((pnl) => pnl < 0).map(Math.abs);
  const [winRate, lossRate] = [wins.length / pnls.length, losses.length / pnls.length];
  const part = (rate: number, won: readonly number[]): number =>
    rate === 0 ? 0 : rate * mean(won);
  return {
    tradeCount: pnls.length,
    winRate: defined(winRate),
    profitFactor: losses.length === 0 ? null : defined(sum(wins) / sum(losses)),
    expectancy: pnls.length === 0 ? null : part(winRate, wins) - part(lossRate, losses),
    sqn: pnls.length < 2 ? null : defined((Math.sqrt(pnls.length) * mean(pnls)) / deviation(pnls)),
    averageWin: defined(mean(wins)),
    averageLoss: defined(mean(losses)),
    bestTrade: defined(Math.max(...closed.map(({ returnPct }) => returnPct))),
    worstTrade: defined(Math.min(...closed.map(({ returnPct }) => returnPct))),
  };
}

function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}
