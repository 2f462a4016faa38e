/** A run's settings as labelled lines. */

import type { RunInfo, StrategyInfo } from '../../../../contract/backtest.ts';
import type { Sizing } from '../../../../core/domain/sizing.ts';
import {
  formatCount,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatRatio,
  unitsOf,
} from '../../../ui/format.ts';

export interface ConfigLine {
  readonly label: string;
  readonly value: string;
}

/** @param strategy - Gives parameters their names; without it their keys are shown. */
export function configLines(run: RunInfo, strategy: StrategyInfo | null): readonly ConfigLine[] {
  const { config, summary, sourceName, synthetic } = run;
  const { quote } = unitsOf(config.symbol);
  const lines = [
    { label: 'Candles', value: synthetic ? `${sourceName} (synthetic)` : sourceName },
    { label: 'Symbol', value: config.symbol },
    { label: 'Timeframe', value: config.timeframe },
    { label: 'Strategy', value: strategy?.title ?? config.strategy },
    ...Object.entries(config.params).map(([name, value]) => ({
      label: strategy?.parameters[name]?.label ?? name,
      value: String(value),
    })),
    { label: 'Starting balance', value: `${formatMoney(config.startingBalance)} ${quote}` },
    { label: 'Fee', value: feeText(config.costs.takerFee, config.costs.makerFee) },
    { label: 'Slippage', value: `${formatRatio(config.costs.slippageBps)} bps` },
    { label: 'Half-spread', value: `${formatRatio(config.costs.halfSpreadBps)} bps` },
    { label: 'Size of each entry', value: sizingText(config.sizing, quote) },
    { label: 'Hard limits', value: config.limits === 'on' ? 'On' : 'Off' },
    { label: 'Started', value: `${formatDateTime(run.createdAt)} UTC` },
  ];
  if (summary === null) return lines;
  const { bars, firstTime, lastTime } = summary;
  return [
    ...lines,
    { label: 'Bars', value: formatCount(bars) },
    { label: 'First bar', value: `${formatDateTime(firstTime)} UTC` },
    { label: 'Last bar', value: `${formatDateTime(lastTime)} UTC` },
  ];
}

function feeText(taker: number, maker: number): string {
  if (taker === maker) return formatPercent(taker);
  return `${formatPercent(taker)} taker, ${formatPercent(maker)} maker`;
}

function sizingText(sizing: Sizing, quote: string): string {
  switch (sizing.kind) {
    case 'all-in':
      return 'All free cash';
    case 'fixed':
      return `${formatMoney(sizing.cost)} ${quote}`;
    case 'risk':
      return `${formatPercent(sizing.fraction)} of equity at risk`;
  }
}
