/** The built-in strategies, by name. */

import { fail, ok, type Failure, type Result } from '../domain/result.ts';
import {
  parseParameters,
  type ParameterSpecs,
  type ParameterValue,
  type ParameterValues,
} from './parameters.ts';
import { rsiReversion } from './rsi-reversion.ts';
import { smaCross } from './sma-cross.ts';
import type { StrategyContext, StrategyDefinition, StrategyRun } from './strategy.ts';

/** A strategy whose parameter types are forgotten, so that different ones fit into one list. */
export interface RegisteredStrategy {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: ParameterSpecs;
  /** Checks given values against ranges and against each other, and binds them. */
  configure(
    given: Readonly<Record<string, unknown>>,
  ): Result<ConfiguredStrategy, Failure<'PARAMETER_INVALID'>>;
}

/** A strategy with its parameters: ready to be put on a series. */
export interface ConfiguredStrategy {
  readonly name: string;
  /** Complete: defaults are filled in. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  init(context: Omit<StrategyContext, 'params'>): StrategyRun;
}

function register<Specs extends ParameterSpecs>(
  definition: StrategyDefinition<Specs>,
): RegisteredStrategy {
  const { name, title, summary, parameters } = definition;
  return {
    name,
    title,
    summary,
    parameters,
    configure(given) {
      const parsed = parseParameters(parameters, given);
      if (!parsed.ok) return parsed;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parseParameters has just proved each value against the same declaration
      const params = parsed.value as ParameterValues<Specs>;
      const conflict = definition.validate(params);
      if (conflict !== null) return fail('PARAMETER_INVALID', conflict);
      return ok({
        name,
        params: parsed.value,
        init: (context) => definition.init({ ...context, params }),
      });
    },
  };
}

export const strategies: readonly RegisteredStrategy[] = [
  register(smaCross),
  register(rsiReversion),
];

export function findStrategy(name: string): RegisteredStrategy | null {
  return strategies.find((strategy) => strategy.name === name) ?? null;
}
