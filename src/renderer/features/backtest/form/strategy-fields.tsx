/** Which strategy, what it does, and a field for each of its parameters, made from their declaration. */

import { Select, Skeleton } from '@mantine/core';
import { useStore } from 'zustand';
import { useServices } from '../../../app/services.tsx';
import { ErrorPanel } from '../../../ui/states.tsx';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { ParameterFields } from '../../../ui/form/parameter-fields.tsx';
import { useForm } from './use-form.ts';

export function StrategyFields() {
  const { strategies } = useServices().backtest;
  const loadable = useStore(strategies, (state) => state.strategies);
  const { store, values, strategy, errors } = useForm();
  return (
    <FieldGroup title="Strategy">
      {loadable.status === 'loading' && <Skeleton height={30} />}
      {loadable.status === 'failed' && (
        <ErrorPanel
          title="The strategies could not be listed"
          sentence={loadable.error.sentence}
          onRetry={() => void strategies.load()}
        />
      )}
      {loadable.status === 'ready' && (
        <Select
          aria-label="Strategy"
          data={loadable.value.map(({ name, title }) => ({ value: name, label: title }))}
          value={values.strategy}
          error={errors['strategy']}
          onChange={(name) => {
            const chosen = loadable.value.find((one) => one.name === name);
            if (chosen !== undefined) store.chooseStrategy(chosen);
          }}
        />
      )}
      {strategy !== null && <p className="quiet field-note">{strategy.summary}</p>}
      {strategy !== null && (
        <ParameterFields
          strategy={strategy}
          entries={values.params}
          errors={errors}
          onChange={store.changeParam}
        />
      )}
    </FieldGroup>
  );
}
