/**
 * The one field for numbers. It leaves alone what is typed, reads it strictly by the person's own marks, and holds no
 * number where the text is none: a comma is never taken for a point, nor a bound for what was meant.
 */

import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { FieldHelp, type HelpSide } from './field-help.tsx';
import { stepped, type NumberEntry } from './number/number-entry.ts';
import { useNumberMarks } from './number/number-locale.tsx';
import { LONGEST_NUMBER } from './number/read-number.ts';
import { useNumberText, type NumberText } from './number/use-number-text.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly helpSide?: HelpSide;
  /** Between the label and the field. */
  readonly note?: string;
  readonly unit?: string;
  readonly value: NumberEntry;
  readonly min?: number;
  readonly max?: number;
  /** What one press of an arrow key adds or takes away. */
  readonly step: number;
  readonly whole?: boolean;
  readonly signed?: boolean;
  /** What the number comes to, under the field: where money moves, nobody shall guess how it was read. */
  readonly meaning?: (value: number) => string;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  /** What the form says of a number that it cannot use. */
  readonly error?: string | null | undefined;
  readonly onChange: (entry: NumberEntry) => void;
}

export function NumberField(props: NumberFieldProps) {
  const { label, help, helpSide = 'right', value, whole = false, signed = false } = props;
  const { disabled = false, readOnly = false, error = null, unit = '' } = props;
  const marks = useNumberMarks();
  const number = useNumberText({
    entry: value,
    marks,
    rules: { whole, signed },
    onChange: props.onChange,
  });
  const problem = number.problem ?? (typeof value === 'object' ? null : error);
  const canType = !disabled && !readOnly;
  const field = (
    <TextInput
      label={label}
      value={number.text}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      maxLength={LONGEST_NUMBER + 1}
      disabled={disabled}
      readOnly={readOnly}
      error={problem}
      onChange={(event) => number.type(event.currentTarget.value)}
      onBlur={number.end}
      onKeyDown={(event) => canType && press(event, props, number)}
      {...beside(props, problem !== null)}
      {...(unit === ''
        ? {}
        : {
            rightSection: <span className="quiet field-unit">{unit}</span>,
            rightSectionWidth: 16 + unit.length * 8,
            // It is read together with the name; a press on it is meant for the field.
            rightSectionPointerEvents: 'none' as const,
          })}
    />
  );
  if (help === undefined) return field;
  return (
    <FieldHelp help={help} side={helpSide}>
      {field}
    </FieldHelp>
  );
}

/** The note above, or the meaning below: its line is kept, so that nothing jumps at the first key. */
function beside({ note, meaning, value }: NumberFieldProps, hasProblem: boolean) {
  if (meaning === undefined) return note === undefined ? {} : { description: note };
  if (hasProblem && typeof value !== 'number') return {};
  return {
    description: typeof value === 'number' ? `= ${meaning(value)}` : '\u00a0',
    descriptionProps: { className: 'field-meaning' },
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as [
      'label',
      'input',
      'description',
      'error',
    ],
  };
}

function press(
  event: KeyboardEvent<HTMLInputElement>,
  { value, step, min, max }: NumberFieldProps,
  number: NumberText,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || typeof value !== 'number') return;
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    event.preventDefault();
    const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    number.set(stepped(value, event.key === 'ArrowUp' ? step : -step, bounds));
  } else if (event.key.length === 1 || event.key === 'Backspace' || event.key === 'Delete') {
    beginTyping(event.currentTarget, number);
  }
}

/** The caret stays between the digits that it was between. */
function beginTyping(input: HTMLInputElement, number: NumberText): void {
  const { selectionStart, selectionEnd } = input;
  const before = input.value;
  const placeOf = flushSync(number.begin);
  if (input.value === before || selectionStart === null || selectionEnd === null) return;
  input.setSelectionRange(placeOf(selectionStart), placeOf(selectionEnd));
}
