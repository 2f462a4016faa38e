/** When a position is sold, whatever the strategy says: stop, target, trailing stop, time. */

import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { NumberField } from '../../../ui/form/number-field.tsx';
import { formatShortPercent } from '../../../ui/format.ts';
import type { BotFormView } from './use-bot-form.ts';

interface ExitFieldsProps {
  readonly form: BotFormView;
  /** What the risk gate places where no stop is asked for, as a fraction. */
  readonly defaultStop: number;
}

export function ExitFields({ form, defaultStop }: ExitFieldsProps) {
  const { values, errors, change } = form;
  const fallback = formatShortPercent(defaultStop);
  const fields = [
    {
      name: 'stopPercent',
      label: 'Stop',
      unit: '%',
      step: 0.5,
      help: 'Sells when the price falls so far below the entry.',
    },
    {
      name: 'targetPercent',
      label: 'Target',
      unit: '%',
      step: 0.5,
      help: 'Sells when the price has risen so far above the entry. Empty: none.',
    },
    {
      name: 'trailingPercent',
      label: 'Trailing',
      unit: '%',
      step: 0.5,
      help: 'Sells when the price falls so far below its highest since the entry. Empty: none.',
    },
    {
      name: 'maxHoldHours',
      label: 'Sell after',
      unit: 'h',
      step: 1,
      help: 'Sells after so many hours at the latest. Empty: none.',
    },
  ] as const;
  return (
    <FieldGroup title="Exits">
      <div className="field-grid">
        {fields.map(({ name, ...field }) => (
          <NumberField
            key={name}
            {...field}
            helpSide="top"
            min={0}
            value={values[name]}
            error={errors[name]}
            onChange={(entry) => change({ [name]: entry })}
          />
        ))}
      </div>
      <p className="quiet field-note">
        In percent of the entry’s price. Without a stop here, your limits place one at {fallback}.
      </p>
    </FieldGroup>
  );
}
