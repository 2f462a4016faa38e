/** Starting balance and what trading costs. */

import { exactMoney, unitsOf } from '../../../ui/format.ts';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { NumberField } from '../../../ui/form/number-field.tsx';
import { useForm } from './use-form.ts';

export function CostFields() {
  const { store, values, errors } = useForm();
  const { quote } = unitsOf(values.symbol.trim().toUpperCase());
  return (
    <FieldGroup title="Account and costs">
      <div className="field-grid">
        <NumberField
          label="Starting balance"
          help="What the account holds before the first bar, in quote currency."
          unit={quote}
          value={values.startingBalance}
          min={0}
          step={100}
          meaning={(value) => exactMoney(value, quote)}
          error={errors['startingBalance']}
          onChange={(startingBalance) => store.change({ startingBalance })}
        />
        <NumberField
          label="Fee"
          help="What the exchange takes of every fill, in percent of its notional. Many take 0.1 %."
          unit="%"
          value={values.feePercent}
          min={0}
          step={0.01}
          error={errors['feePercent']}
          onChange={(feePercent) => store.change({ feePercent })}
        />
        <NumberField
          label="Slippage"
          help="How much worse than the price market orders fill, in basis points: 5 bps are 0.05 %."
          unit="bps"
          value={values.slippageBps}
          min={0}
          step={1}
          error={errors['slippageBps']}
          onChange={(slippageBps) => store.change({ slippageBps })}
        />
        <NumberField
          label="Half-spread"
          help="Half the distance between bid and ask, in basis points of the price."
          unit="bps"
          value={values.halfSpreadBps}
          min={0}
          step={1}
          error={errors['halfSpreadBps']}
          onChange={(halfSpreadBps) => store.change({ halfSpreadBps })}
        />
      </div>
    </FieldGroup>
  );
}
