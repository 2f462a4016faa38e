/** Buys when a fast simple moving average crosses above a slow one, sells when it crosses below. */

import type { ParameterSpecs } from './parameters.ts';
import { ENTER, EXIT, type StrategyDefinition } from './strategy.ts';

const parameters = {
  fast: {
    kind: 'integer',
    label: 'Fast average',
    help: 'Length of the fast simple moving average of the close, in bars.',
    default: 10,
    min: 1,
    max: 500,
    step: 1,
  },
  slow: {
    kind: 'integer',
    label: 'Slow average',
    help: 'Length of the slow simple moving average of the close, in bars. Must be more than the fast one.',
    default: 30,
    min: 2,
    max: 1_000,
    step: 1,
  },
} as const satisfies ParameterSpecs;

export const smaCross: StrategyDefinition<typeof parameters> = {
  name: 'sma-cross',
  title: 'Moving-average cross',
  summary:
    'Buys when the fast average of the close was at or below the slow one on the bar before and is above it now; sells the other way round. Decided at the close, filled at the next open.',
  parameters,
  validate({ fast, slow }) {
    return fast < slow
      ? null
      : `fast is ${fast} and slow is ${slow}, but fast must be less than slow.`;
  },
  init({ params, indicators }) {
    const cross = indicators.smaCross('close', params.fast, params.slow);
    return {
      next(position) {
        if (position.isOpen) return cross.crossedBelow() ? EXIT : null;
        return cross.crossedAbove() ? ENTER : null;
      },
    };
  },
};
