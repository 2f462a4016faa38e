/** Every figure of a summary: its name, what it means, how it is written, and why it may be missing. */

import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import {
  formatCount,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRatio,
  type Figure,
  type SignOption,
} from '../../../ui/format.ts';

/** Which end is better when runs are compared. */
export type Better = 'higher' | 'lower' | 'neither';

export interface Metric {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  /** Why there is no figure, where that can be. */
  readonly missing: string;
  readonly better: Better;
  /** Gains and losses carry sign, arrow and colour. */
  readonly signed: boolean;
  /** In quote currency: the unit is shown beside it. */
  readonly money: boolean;
  readonly value: (summary: BacktestSummary) => Figure;
  readonly format: (value: Figure, sign?: SignOption) => string;
}

type Given = Pick<Metric, 'key' | 'label' | 'meaning' | 'value'> & Partial<Metric>;

function percent(given: Given): Metric {
  return {
    missing: 'Undefined for this run.',
    better: 'higher',
    signed: false,
    money: false,
    format: formatPercent,
    ...given,
  };
}

const ratio = (given: Given): Metric => percent({ format: formatRatio, ...given });
const money = (given: Given): Metric => percent({ format: formatMoney, money: true, ...given });

const NO_TRADES = 'No trade was closed.';
const NEEDS_DAYS = 'Needs at least two days of candles with different returns.';

export const TOTAL_RETURN = percent({
  key: 'totalReturn',
  label: 'Total return',
  meaning: 'Gain of the account from the first bar to the last, open positions at the last close.',
  signed: true,
  value: (summary) => summary.totalReturn,
});

export const BUY_AND_HOLD = percent({
  key: 'buyAndHoldReturn',
  label: 'Buy and hold',
  meaning: 'Gain of buying at the first close and doing nothing: what the strategy has to beat.',
  signed: true,
  better: 'neither',
  missing: 'Needs more than one bar.',
  value: (summary) => summary.buyAndHoldReturn,
});

export const MAX_DRAWDOWN = percent({
  key: 'maxDrawdown',
  label: 'Max drawdown',
  meaning: 'Deepest fall of the account from a high before it made a new one.',
  better: 'lower',
  value: (summary) => summary.maxDrawdown,
});

export const SHARPE = ratio({
  key: 'sharpe',
  label: 'Sharpe',
  meaning:
    'Mean daily return over its standard deviation, times the root of 365; risk-free rate 0. Above 1 is good, above 2 is rare.',
  missing: NEEDS_DAYS,
  value: (summary) => summary.sharpe,
});

const TRADES = percent({
  key: 'tradeCount',
  label: 'Trades',
  meaning:
    'Round trips that were bought and sold again. Under about 30 the other figures are mostly luck.',
  better: 'neither',
  format: formatCount,
  value: (summary) => summary.tradeCount,
});

const WIN_RATE = percent({
  key: 'winRate',
  label: 'Win rate',
  meaning: 'Closed trades that made money after fees, of all closed trades.',
  missing: NO_TRADES,
  value: (summary) => summary.winRate,
});

const FEES = money({
  key: 'fees',
  label: 'Fees paid',
  meaning: 'All fees of all fills, those of a position still open included.',
  better: 'lower',
  value: (summary) => summary.fees,
});

export const HEADLINE: readonly Metric[] = [MAX_DRAWDOWN, SHARPE, TRADES, WIN_RATE, FEES];

/** The quieter grid below, in groups. */
export const METRIC_GROUPS: ReadonlyArray<{
  readonly title: string;
  readonly metrics: readonly Metric[];
}> = [
  {
    title: 'Return',
    metrics: [
      money({
        key: 'finalBalance',
        label: 'Final balance',
        meaning: 'Cash and position at the last close.',
        value: (summary) => summary.finalBalance,
      }),
      percent({
        key: 'cagr',
        label: 'Return a year',
        meaning: 'Compound annual growth rate: the yearly gain that would lead to the same end.',
        signed: true,
        missing: 'Needs more than one bar, and something left at the end.',
        value: (summary) => summary.cagr,
      }),
      percent({
        key: 'exposureTime',
        label: 'Time in the market',
        meaning: 'Bars with an open position, of all bars.',
        better: 'neither',
        value: (summary) => summary.exposureTime,
      }),
    ],
  },
  {
    title: 'Risk',
    metrics: [
      percent({
        key: 'volatility',
        label: 'Volatility a year',
        meaning: 'Standard deviation of daily returns, times the root of 365.',
        better: 'lower',
        missing: NEEDS_DAYS,
        value: (summary) => summary.volatility,
      }),
      ratio({
        key: 'sortino',
        label: 'Sortino',
        meaning: 'As Sharpe, but counts only losing days as risk.',
        missing: 'Needs a day with a loss.',
        value: (summary) => summary.sortino,
      }),
      ratio({
        key: 'calmar',
        label: 'Calmar',
        meaning: 'Return a year over the max drawdown.',
        missing: 'Needs a drawdown and a return a year.',
        value: (summary) => summary.calmar,
      }),
      percent({
        key: 'maxDrawdownDurationMs',
        label: 'Longest drawdown',
        meaning: 'Longest time below an earlier high.',
        better: 'lower',
        format: formatDuration,
        value: (summary) => summary.maxDrawdownDurationMs,
      }),
    ],
  },
  {
    title: 'Trades',
    metrics: [
      ratio({
        key: 'profitFactor',
        label: 'Profit factor',
        meaning: 'Money won over money lost. Below 1 the strategy loses.',
        missing: 'Needs a losing trade.',
        value: (summary) => summary.profitFactor,
      }),
      money({
        key: 'expectancy',
        label: 'Expectancy',
        meaning: 'What a trade brings on average, after fees.',
        signed: true,
        missing: NO_TRADES,
        value: (summary) => summary.expectancy,
      }),
      ratio({
        key: 'sqn',
        label: 'SQN',
        meaning:
          'System quality number: root of the number of trades, times mean over standard deviation of their results.',
        missing: 'Needs two closed trades with different results.',
        value: (summary) => summary.sqn,
      }),
      money({
        key: 'averageWin',
        label: 'Average win',
        meaning: 'Mean gain of the winning trades.',
        missing: 'No trade won.',
        value: (summary) => summary.averageWin,
      }),
      money({
        key: 'averageLoss',
        label: 'Average loss',
        meaning: 'Mean loss of the losing trades.',
        better: 'lower',
        missing: 'No trade lost.',
        value: (summary) => summary.averageLoss,
      }),
      percent({
        key: 'bestTrade',
        label: 'Best trade',
        meaning: 'Highest gain of one trade, in percent of what it bought for.',
        signed: true,
        missing: NO_TRADES,
        value: (summary) => summary.bestTrade,
      }),
      percent({
        key: 'worstTrade',
        label: 'Worst trade',
        meaning: 'Lowest gain of one trade, in percent of what it bought for.',
        signed: true,
        missing: NO_TRADES,
        value: (summary) => summary.worstTrade,
      }),
      percent({
        key: 'denialCount',
        label: 'Orders denied',
        meaning:
          'Orders that the limits or the free cash did not allow. They have a list of their own.',
        better: 'neither',
        format: formatCount,
        value: (summary) => summary.denialCount,
      }),
    ],
  },
];
