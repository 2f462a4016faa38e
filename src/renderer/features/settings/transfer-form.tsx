/** Puts made-up money into the paper account, or takes some out. */

import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { TradingStatus } from '../../../contract/trading.ts';
import { useServices } from '../../app/services.tsx';
import { NumberField } from '../../ui/form/number-field.tsx';
import type { NumberEntry } from '../../ui/form/number/number-entry.ts';
import { exactMoney, formatMoney } from '../../ui/format.ts';
import { notifyDone } from '../../ui/notify.ts';
import { useBusy } from '../../ui/use-busy.ts';
import { readPaperAmount } from './paper-amount.ts';

export function TransferForm({ account }: { account: TradingStatus }) {
  const { tradingActions } = useServices();
  const { isBusy, run } = useBusy();
  const currencies = account.balances.map(({ currency }) => currency);
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState<NumberEntry>(100);
  const currency = currencies.find((one) => one === chosen) ?? quoteOf(account);
  const { amount, problem } = readPaperAmount(typed);
  const move = (sign: 1 | -1): Promise<void> =>
    run(async () => {
      if (amount === null || currency === undefined) return;
      const input = { currency, amount: sign * amount };
      const done = await tradingActions.ask('Nothing was moved', 'trading.transfer', input);
      if (done === null) return;
      const text = `${formatMoney(amount)} ${currency}`;
      notifyDone(sign === 1 ? `${text} are put in.` : `${text} are taken out.`);
    });
  return (
    <fieldset className="field-group stack transfer">
      <legend>Deposit and withdraw</legend>
      <div className="field-pair">
        <NumberField
          label="Amount"
          min={0}
          step={100}
          value={typed}
          meaning={(value) => exactMoney(value, currency ?? '')}
          error={problem}
          onChange={setTyped}
        />
        <Select label="Currency" data={currencies} value={currency ?? null} onChange={setChosen} />
      </div>
      <p className="quiet">Today’s profit or loss and the day’s limits do not change by it.</p>
      <Group gap="sm">
        <Button
          variant="default"
          disabled={amount === null}
          loading={isBusy}
          onClick={() => void move(1)}
        >
          Deposit
        </Button>
        <Button
          variant="default"
          disabled={amount === null}
          loading={isBusy}
          onClick={() => void move(-1)}
        >
          Withdraw
        </Button>
      </Group>
    </fieldset>
  );
}

/** What the account pays in: its largest balance that is no coin of a position. */
function quoteOf({ balances, positions }: TradingStatus): string | undefined {
  const held = new Set(positions.map(({ symbol }) => symbol.split('/')[0]));
  const money = balances.filter(({ currency }) => !held.has(currency));
  return money.toSorted((one, other) => (other.worth ?? 0) - (one.worth ?? 0))[0]?.currency;
}
