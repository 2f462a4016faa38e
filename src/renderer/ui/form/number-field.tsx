/** A number with its unit; out of range is said, never silently changed. */

import { NumberInput } from '@mantine/core';
import { FieldHelp, type HelpSide } from './field-help.tsx';
import type { NumberEntry } from './entries.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly help: string;
  readonly helpSide?: HelpSide;
  readonly unit?: string;
  readonly value: NumberEntry;
  readonly min?: number;
  readonly max?: number;
  readonly step: number;
  readonly whole?: boolean;
  readonly error: string | undefined;
  readonly onChange: (entry: NumberEntry) => void;
}

export function NumberField(props: NumberFieldProps) {
  const {
    label,
    help,
    helpSide = 'right',
    unit,
    value,
    step,
    whole = false,
    error,
    onChange,
  } = props;
  return (
    <FieldHelp help={help} side={helpSide}>
      <NumberInput
        label={label}
        value={value}
        step={step}
        clampBehavior="none"
        allowDecimal={!whole}
        error={error}
        onChange={onChange}
        {...(props.min === undefined ? {} : { min: props.min })}
        {...(props.max === undefined ? {} : { max: props.max })}
        {...(unit === undefined || unit === ''
          ? {}
          : {
              rightSection: <span className="quiet field-unit">{unit}</span>,
              rightSectionWidth: 16 + unit.length * 8,
            })}
      />
    </FieldHelp>
  );
}
