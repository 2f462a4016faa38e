/** The settings of the next run, and the button that starts it. */

import { Button, TextInput } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../../app/services.tsx';
import { ErrorPanel } from '../../../ui/states.tsx';
import { CandleFields } from './candle-fields.tsx';
import { CostFields } from './cost-fields.tsx';
import { suggestName } from './form-model.ts';
import { SizingFields } from './sizing-fields.tsx';
import { StrategyFields } from './strategy-fields.tsx';
import { useForm } from './use-form.ts';

export function FormPanel() {
  const { actions } = useServices();
  const element = useRef<HTMLFormElement>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void actions.start();
    // After the errors are drawn: the first field that cannot be used is where to go on.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  return (
    <form
      ref={element}
      className="form-panel"
      aria-label="Backtest settings"
      onSubmit={submit}
      noValidate
    >
      <div className="form-scroll">
        <CandleFields />
        <StrategyFields />
        <CostFields />
        <SizingFields />
      </div>
      <RunFooter />
    </form>
  );
}

function RunFooter() {
  const { form } = useServices().backtest;
  const { starting, refusal } = useStore(form);
  const { values, source, strategy, errors, store } = useForm();
  const wrong = Object.keys(errors).length;
  return (
    <div className="form-footer">
      {refusal !== null && (
        <div role="alert">
          <ErrorPanel title="The run was not started" sentence={refusal} />
        </div>
      )}
      <TextInput
        label="Name of the run"
        placeholder={suggestName(values, { source, strategy })}
        maxLength={120}
        value={values.name}
        onChange={(event) => store.change({ name: event.currentTarget.value })}
      />
      {wrong > 0 && (
        <p className="form-wrong" role="alert">
          {wrong === 1 ? 'One setting needs a correction.' : `${wrong} settings need a correction.`}
        </p>
      )}
      <Button
        type="submit"
        size="sm"
        fullWidth
        loading={starting}
        leftSection={<IconPlayerPlayFilled size={14} aria-hidden="true" />}
      >
        Run backtest
      </Button>
    </div>
  );
}
