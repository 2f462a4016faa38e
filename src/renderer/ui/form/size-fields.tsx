/** How much an entry buys: all that is free, a fixed amount, or so much that the stop loses a part. */

import { SegmentedControl } from '@mantine/core';
import type { Sizing } from '../../../core/domain/sizing.ts';
import { exactMoney } from '../format.ts';
import type { FormErrors } from './entries.ts';
import { NumberField } from './number-field.tsx';
import type { SizeEntries } from './size-entries.ts';

interface SizeFieldsProps {
  readonly entries: SizeEntries;
  /** The unit of a fixed amount. */
  readonly quote: string;
  readonly errors: FormErrors;
  readonly onChange: (part: Partial<SizeEntries>) => void;
}

const SIZINGS = [
  { value: 'all-in', label: 'All in' },
  { value: 'fixed', label: 'Fixed' },
  { value: 'risk', label: 'Risk' },
] as const;

const MEANINGS: Readonly<Record<Sizing['kind'], string>> = {
  'all-in': 'Each entry uses all free cash, less what the fee needs.',
  fixed: 'Each entry buys for the same amount.',
  risk: 'Each entry buys so much that hitting its stop loses this part of the account.',
};

export function SizeFields(props: SizeFieldsProps) {
  const { entries, onChange } = props;
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label="Size of each entry"
        data={[...SIZINGS]}
        value={entries.sizing}
        onChange={(sizing) => onChange({ sizing })}
      />
      <p className="quiet field-note">{MEANINGS[entries.sizing]}</p>
      <SizeField {...props} />
    </>
  );
}

function SizeField({ entries, quote, errors, onChange }: SizeFieldsProps) {
  switch (entries.sizing) {
    case 'all-in':
      return null;
    case 'fixed':
      return (
        <NumberField
          label="Amount of each entry"
          help="Notional of every entry, in quote currency."
          unit={quote}
          value={entries.fixedCost}
          min={0}
          step={10}
          meaning={(value) => exactMoney(value, quote)}
          error={errors['fixedCost']}
          onChange={(fixedCost) => onChange({ fixedCost })}
        />
      );
    case 'risk':
      return (
        <NumberField
          label="Risk of each entry"
          help="Percent of equity that is lost when the stop is hit. Where the strategy sets no stop, the default stop distance counts."
          unit="%"
          value={entries.riskPercent}
          min={0}
          max={100}
          step={0.25}
          error={errors['riskPercent']}
          onChange={(riskPercent) => onChange({ riskPercent })}
        />
      );
  }
}
