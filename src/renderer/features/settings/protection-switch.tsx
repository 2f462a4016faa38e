/** One protection: on or off, and its figures while it is on. */

import { NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import type { TradingRules } from '../../../contract/trading.ts';
import { problemWith, type ProtectionField, type ProtectionView } from './protections.ts';

interface ProtectionSwitchProps {
  readonly view: ProtectionView;
  readonly onChange: (protections: TradingRules['protections']) => void;
}

export function ProtectionSwitch({ view, onChange }: ProtectionSwitchProps) {
  const { label, sentence, isOn, fields, toggled } = view;
  return (
    <div className="protection">
      <Switch
        label={label}
        description={sentence}
        checked={isOn}
        onChange={() => onChange(toggled())}
      />
      {fields.length > 0 && (
        <div className="protection-fields" role="group" aria-label={`${label}: figures`}>
          {fields.map((field) => (
            <Figure key={field.label} field={field} onChange={onChange} />
          ))}
        </div>
      )}
    </div>
  );
}

interface FigureProps {
  readonly field: ProtectionField;
  readonly onChange: ProtectionSwitchProps['onChange'];
}

/** Keeps what is typed as long as it cannot be used, and says why. */
function Figure({ field, onChange }: FigureProps) {
  const [typed, setTyped] = useState<number | string>(field.shown);
  const problem = problemWith(field, typeof typed === 'number' ? typed : Number.NaN);
  return (
    <NumberInput
      label={field.label}
      value={typed}
      error={problem}
      step={field.step}
      min={field.min}
      max={field.max}
      clampBehavior="none"
      rightSection={<span className="quiet field-unit">{field.unit}</span>}
      rightSectionWidth={16 + field.unit.length * 8}
      onChange={(entry) => {
        setTyped(entry);
        if (typeof entry === 'number' && problemWith(field, entry) === null) {
          onChange(field.withShown(entry));
        }
      }}
    />
  );
}
