/** The paper account: where its prices come from, and the money it begins with. */

import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { VENUE_NAMES } from '../../../contract/live.ts';
import { MARKET_VENUES, type MarketVenue } from '../../../contract/market.ts';
import { valueOf } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';
import type { Submitted } from '../../ui/submitted.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { NumberField } from '../../ui/form/number-field.tsx';
import type { NumberEntry } from '../../ui/form/number/number-entry.ts';
import { exactMoney } from '../../ui/format.ts';
import { notifyDone } from '../../ui/notify.ts';
import { Panel } from '../../ui/panel.tsx';
import { useBusy } from '../../ui/use-busy.ts';
import { readPaperAmount } from './paper-amount.ts';
import { TransferForm } from './transfer-form.tsx';

const NAMES = {
  ...VENUE_NAMES,
  sample: 'Practice market',
} as const satisfies Record<MarketVenue, string>;

/** What the pairs of each are quoted in. */
const QUOTES = {
  binanceus: 'USDT',
  binance: 'USDT',
  kraken: 'USD',
  coinbase: 'USD',
  sample: 'USDT',
} as const satisfies Record<MarketVenue, string>;

export function PaperPanel() {
  const { trading, tradingActions } = useServices();
  const account = useStore(trading, ({ paper }) => valueOf(paper));
  const [venue, setVenue] = useState<MarketVenue>('sample');
  const [typed, setTyped] = useState<NumberEntry>(1_000);
  const [isAsking, setAsking] = useState(false);
  const { amount, problem } = readPaperAmount(typed);
  const { isBusy, run } = useBusy();
  const begin = async (): Promise<void> => {
    setAsking(false);
    if (amount === null) return;
    const balances = [{ currency: QUOTES[venue], amount }];
    const done = await tradingActions.ask('No paper account was begun', 'trading.begin', {
      venue,
      balances,
    });
    if (done !== null) notifyDone(`A paper account on ${NAMES[venue]} has begun.`);
  };
  const submit = (event: Submitted): void => {
    event.preventDefault();
    if (amount === null) return;
    if (account === null) void run(begin);
    else setAsking(true);
  };
  return (
    <Panel
      title="Paper account"
      note={account === null ? 'None is set up.' : `Prices from ${account.venue}`}
    >
      <form className="stack" onSubmit={submit}>
        <div className="field-pair">
          <Select
            label="Prices from"
            data={MARKET_VENUES.map((id) => ({ value: id, label: NAMES[id] }))}
            value={venue}
            onChange={(id) => setVenue(MARKET_VENUES.find((one) => one === id) ?? 'sample')}
          />
          <NumberField
            label="Starting balance"
            min={1}
            step={100}
            unit={QUOTES[venue]}
            value={typed}
            meaning={(value) => exactMoney(value, QUOTES[venue])}
            error={problem}
            onChange={setTyped}
          />
        </div>
        <Group>
          <Button type="submit" variant="default" loading={isBusy} disabled={amount === null}>
            {account === null ? 'Begin a paper account' : 'Begin a new paper account'}
          </Button>
        </Group>
      </form>
      {account !== null && <TransferForm account={account} />}
      <ConfirmDialog
        opened={isAsking}
        title="Begin a new paper account"
        confirm="Begin anew"
        onConfirm={() => void run(begin)}
        onClose={() => setAsking(false)}
      >
        The account that runs now ends. Its trades stay in the profile, and its bots have to be set
        up again.
      </ConfirmDialog>
    </Panel>
  );
}
