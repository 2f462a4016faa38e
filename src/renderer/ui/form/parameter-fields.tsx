/** A field for each parameter of a strategy, made from their declaration. */

import type { StrategyInfo } from '../../../contract/backtest.ts';
import type { FormErrors, ParameterEntry } from './entries.ts';
import { ParameterField } from './parameter-field.tsx';

interface ParameterFieldsProps {
  readonly strategy: StrategyInfo;
  readonly entries: Readonly<Record<string, ParameterEntry>>;
  readonly errors: FormErrors;
  readonly onChange: (name: string, entry: ParameterEntry) => void;
}

export function ParameterFields({ strategy, entries, errors, onChange }: ParameterFieldsProps) {
  return (
    <div className="field-grid">
      {Object.entries(strategy.parameters).map(([name, spec]) => (
        <ParameterField
          key={`${strategy.name}.${name}`}
          spec={spec}
          entry={entries[name] ?? spec.default}
          error={errors[`param.${name}`]}
          onChange={(entry) => onChange(name, entry)}
        />
      ))}
    </div>
  );
}
