/** The backtest form's state, kept while the window shows something else. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunInfo, StrategyInfo } from '../../../../contract/backtest.ts';
import type { CandleSource } from '../../../../contract/candles.ts';
import { defaultParams, type ParameterEntry } from '../../../ui/form/entries.ts';
import { INITIAL_VALUES, valuesFromConfig, type FormValues } from './form-model.ts';

export interface FormState {
  readonly values: FormValues;
  /** Errors show from the first attempt to run. */
  readonly attempted: boolean;
  /** A start is on its way. */
  readonly starting: boolean;
  /** What the app said to the last attempt. */
  readonly refusal: string | null;
}

export interface FormStore extends StoreApi<FormState> {
  change(part: Partial<FormValues>): void;
  changeParam(name: string, entry: ParameterEntry): void;
  chooseSource(source: CandleSource): void;
  chooseStrategy(strategy: StrategyInfo): void;
  /** Fills in what is still unchosen once sources are known, and drops one that is gone. */
  offerSources(sources: readonly CandleSource[]): void;
  offerStrategies(strategies: readonly StrategyInfo[]): void;
  /** Takes over the settings of a kept run. */
  reuse(run: RunInfo): void;
}

export function createFormStore(): FormStore {
  const store = createStore<FormState>(() => ({
    values: INITIAL_VALUES,
    attempted: false,
    starting: false,
    refusal: null,
  }));
  const change = (part: Partial<FormValues>) =>
    store.setState(({ values }) => ({ values: { ...values, ...part }, refusal: null }));
  // A file that does not say what it is gets no pair: a left-over one would be a guess.
  const chooseSource = ({ id, symbol }: CandleSource) =>
    change({ sourceId: id, symbol: symbol ?? '' });
  const chooseStrategy = (strategy: StrategyInfo) =>
    change({ strategy: strategy.name, params: defaultParams(strategy) });

  return {
    ...store,
    change,
    changeParam: (name, entry) =>
      change({ params: { ...store.getState().values.params, [name]: entry } }),
    chooseSource,
    chooseStrategy,
    offerSources(sources) {
      const { sourceId } = store.getState().values;
      if (sources.some(({ id }) => id === sourceId)) return;
      const [first] = sources;
      if (first === undefined) change({ sourceId: null });
      else chooseSource(first);
    },
    offerStrategies(strategies) {
      const [first] = strategies;
      if (store.getState().values.strategy === null && first !== undefined) chooseStrategy(first);
    },
    reuse: (run) =>
      store.setState({
        values: valuesFromConfig(run.config, run.sourceId),
        attempted: false,
        refusal: null,
      }),
  };
}
