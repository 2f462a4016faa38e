/** The field for one parameter, after its kind. */

import { Select, Switch } from '@mantine/core';
import type { ParameterSpec } from '../../../core/strategies/parameters.ts';
import { FieldHelp } from './field-help.tsx';
import type { ParameterEntry } from './entries.ts';
import { isUnread, plainNumber } from './number/number-entry.ts';
import { NumberField } from './number-field.tsx';

interface ParameterFieldProps {
  readonly spec: ParameterSpec;
  readonly entry: ParameterEntry;
  readonly error: string | undefined;
  readonly onChange: (entry: ParameterEntry) => void;
}

export function ParameterField({ spec, entry, error, onChange }: ParameterFieldProps) {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return (
        <NumberField
          label={spec.label}
          help={`${spec.help} From ${plainNumber(spec.min)} to ${plainNumber(spec.max)}.`}
          value={typeof entry === 'number' || isUnread(entry) ? entry : ''}
          min={spec.min}
          max={spec.max}
          step={spec.step}
          whole={spec.kind === 'integer'}
          error={error}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <FieldHelp help={spec.help}>
          <Switch
            label={spec.label}
            checked={entry === true}
            error={error}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        </FieldHelp>
      );
    case 'choice':
      return (
        <FieldHelp help={spec.help}>
          <Select
            label={spec.label}
            data={[...spec.options]}
            value={typeof entry === 'string' ? entry : spec.default}
            error={error}
            onChange={(option) => onChange(option ?? spec.default)}
          />
        </FieldHelp>
      );
  }
}
