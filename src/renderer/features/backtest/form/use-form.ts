/** What the fields of the form need: values, what was chosen, and the sentences to show. */

import { useStore } from 'zustand';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import type { FormErrors } from '../../../ui/form/entries.ts';
import { readForm, type FormContext, type FormValues } from './form-model.ts';
import type { FormStore } from './form-store.ts';

export interface FormView extends FormContext {
  readonly store: FormStore;
  readonly values: FormValues;
  /** Empty until the first attempt to run. */
  readonly errors: FormErrors;
}

export function useForm(): FormView {
  const { form, sources, strategies } = useServices().backtest;
  const { values, attempted } = useStore(form);
  const source = useStore(
    sources,
    (state) => valueOf(state.sources)?.find(({ id }) => id === values.sourceId) ?? null,
  );
  const strategy = useStore(
    strategies,
    (state) => valueOf(state.strategies)?.find(({ name }) => name === values.strategy) ?? null,
  );
  const errors = attempted ? readForm(values, { source, strategy }).errors : {};
  return { store: form, values, source, strategy, errors };
}
