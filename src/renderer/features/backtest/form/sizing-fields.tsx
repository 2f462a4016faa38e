/** How much an entry buys, and whether the hard limits apply. */

import { SegmentedControl, Switch } from '@mantine/core';
import { unitsOf } from '../../../ui/format.ts';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import type { FormValues } from './form-model.ts';
import { NumberField } from '../../../ui/form/number-field.tsx';
import { useForm } from './use-form.ts';

const SIZINGS = [
  { value: 'all-in', label: 'All in' },
  { value: 'fixed', label: 'Fixed' },
  { value: 'risk', label: 'Risk' },
] as const;

const MEANINGS: Readonly<Record<FormValues['sizing'], string>> = {
  'all-in': 'Each entry uses all free cash, less what the fee needs.',
  fixed: 'Each entry buys for the same amount.',
  risk: 'Each entry buys so much that hitting its stop loses this part of the account.',
};

/** No-break spaces keep figures and their units on one line. */
const LIMITS =
  'On: every order passes the limits of live trading, such as 50\u00a0USD and 1\u00a0% risk a trade, 20\u00a0trades and 5\u00a0% loss a day. Off: the strategy alone.';

export function SizingFields() {
  const { store, values } = useForm();
  return (
    <FieldGroup title="Size and limits">
      <SegmentedControl
        fullWidth
        aria-label="Size of each entry"
        data={[...SIZINGS]}
        value={values.sizing}
        onChange={(sizing) => store.change({ sizing })}
      />
      <p className="quiet field-note">{MEANINGS[values.sizing]}</p>
      <SizeField />
      <Switch
        label="Hard limits"
        description={LIMITS}
        checked={values.limits}
        onChange={(event) => store.change({ limits: event.currentTarget.checked })}
      />
    </FieldGroup>
  );
}

function SizeField() {
  const { store, values, errors } = useForm();
  switch (values.sizing) {
    case 'all-in':
      return null;
    case 'fixed':
      return (
        <NumberField
          label="Amount of each entry"
          help="Notional of every entry, in quote currency."
          unit={unitsOf(values.symbol.trim().toUpperCase()).quote}
          value={values.fixedCost}
          min={0}
          step={10}
          error={errors['fixedCost']}
          onChange={(fixedCost) => store.change({ fixedCost })}
        />
      );
    case 'risk':
      return (
        <NumberField
          label="Risk of each entry"
          help="Percent of equity that is lost when the stop is hit. Where the strategy sets no stop, the default stop distance counts."
          unit="%"
          value={values.riskPercent}
          min={0}
          max={100}
          step={0.25}
          error={errors['riskPercent']}
          onChange={(riskPercent) => store.change({ riskPercent })}
        />
      );
  }
}
