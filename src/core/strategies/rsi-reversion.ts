/** Buys when an oversold RSI turns up again, sells when it is overbought or the stop is hit. */

import { NO_PROTECTION, type StopLevel } from '../domain/order.ts';
import type { ParameterSpecs } from './parameters.ts';
import { EXIT, type Intent, type StrategyDefinition } from './strategy.ts';

const parameters = {
  period: {
    kind: 'integer',
    label: 'RSI length',
    help: 'Length of the relative strength index of the close, in bars.',
    default: 14,
    min: 2,
    max: 200,
    step: 1,
  },
  oversold: {
    kind: 'number',
    label: 'Oversold',
    help: 'Buys when the RSI rises to this level or above after having been below it.',
    default: 30,
    min: 1,
    max: 50,
    step: 1,
  },
  overbought: {
    kind: 'number',
    label: 'Overbought',
    help: 'Sells when the RSI is at this level or above.',
    default: 60,
    min: 50,
    max: 99,
    step: 1,
  },
  stopPercent: {
    kind: 'number',
    label: 'Stop, % below entry',
    help: 'Sells when the price falls this far below the entry. 0 places no stop of its own.',
    default: 5,
    min: 0,
    max: 50,
    step: 0.5,
  },
} as const satisfies ParameterSpecs;

function stopAt(percent: number): StopLevel | null {
  return percent === 0 ? null : { kind: 'distance', fraction: percent / 100 };
}

export const rsiReversion: StrategyDefinition<typeof parameters> = {
  name: 'rsi-reversion',
  title: 'RSI reversion',
  summary:
    'Buys when the RSI comes back up through the oversold level; sells when it reaches the overbought level, or at the stop. Decided at the close, filled at the next open.',
  parameters,
  validate({ oversold, overbought }) {
    return oversold < overbought
      ? null
      : `oversold is ${oversold} and overbought is ${overbought}, but oversold must be less.`;
  },
  init({ params, indicators }) {
    const rsi = indicators.rsi('close', params.period);
    const enter: Intent = {
      kind: 'enter',
      limit: null,
      ...NO_PROTECTION,
      stop: stopAt(params.stopPercent),
    };
    return {
      next(position) {
        const now = rsi.at(0);
        if (position.isOpen) return now >= params.overbought ? EXIT : null;
        return rsi.at(1) < params.oversold && now >= params.oversold ? enter : null;
      },
    };
  },
};
