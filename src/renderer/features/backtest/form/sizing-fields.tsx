/** How much an entry buys, and whether the hard limits apply. */

import { Switch } from '@mantine/core';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { SizeFields } from '../../../ui/form/size-fields.tsx';
import { unitsOf } from '../../../ui/format.ts';
import { useForm } from './use-form.ts';

/** No-break spaces keep figures and their units on one line. */
const LIMITS =
  'On: every order passes the limits of live trading, such as 50\u00a0USD and 1\u00a0% risk a trade, 20\u00a0trades and 5\u00a0% loss a day. Off: the strategy alone.';

export function SizingFields() {
  const { store, values, errors } = useForm();
  return (
    <FieldGroup title="Size and limits">
      <SizeFields
        entries={values}
        quote={unitsOf(values.symbol.trim().toUpperCase()).quote}
        errors={errors}
        onChange={store.change}
      />
      <Switch
        label="Hard limits"
        description={LIMITS}
        checked={values.limits}
        onChange={(event) => store.change({ limits: event.currentTarget.checked })}
      />
    </FieldGroup>
  );
}
