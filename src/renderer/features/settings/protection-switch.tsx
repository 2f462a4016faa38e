/** One protection: on or off, and its figures while it is on. */

import { Switch } from '@mantine/core';
import { useState } from 'react';
import type { TradingRules } from '../../../contract/trading.ts';
import { NumberField } from '../../ui/form/number-field.tsx';
import type { NumberEntry } from '../../ui/form/number/number-entry.ts';
import { problemWith, type ProtectionField, type ProtectionView } from './protections.ts';

interface ProtectionSwitchProps {
  readonly view: ProtectionView;
  readonly onChange: (protections: TradingRules['protections']) => void;
  readonly onToggle: () => void;
  /** Whether the figure of this name can be used as it stands. */
  readonly onUsable: (figure: string, isUsable: boolean) => void;
}

export function ProtectionSwitch(props: ProtectionSwitchProps) {
  const { view, onChange, onToggle, onUsable } = props;
  const { label, sentence, isOn, fields, toggled } = view;
  return (
    <div className="protection">
      <Switch
        label={label}
        description={sentence}
        checked={isOn}
        onChange={() => {
          onToggle();
          onChange(toggled());
        }}
      />
      {fields.length > 0 && (
        <div className="protection-fields" role="group" aria-label={`${label}: figures`}>
          {fields.map((field) => (
            <Figure key={field.label} field={field} onChange={onChange} onUsable={onUsable} />
          ))}
        </div>
      )}
    </div>
  );
}

interface FigureProps {
  readonly field: ProtectionField;
  readonly onChange: ProtectionSwitchProps['onChange'];
  readonly onUsable: ProtectionSwitchProps['onUsable'];
}

/** Keeps what is typed as long as it cannot be used, and says why. */
function Figure({ field, onChange, onUsable }: FigureProps) {
  const [typed, setTyped] = useState<NumberEntry>(field.shown);
  return (
    <NumberField
      label={field.label}
      unit={field.unit}
      value={typed}
      error={problemWith(field, typed)}
      step={field.step}
      min={field.min}
      max={field.max}
      whole={field.whole}
      onChange={(entry) => {
        const isUsable = problemWith(field, entry) === null;
        setTyped(entry);
        onUsable(field.label, isUsable);
        if (isUsable && typeof entry === 'number') onChange(field.withShown(entry));
      }}
    />
  );
}
