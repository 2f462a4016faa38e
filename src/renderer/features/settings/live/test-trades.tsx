/** The first live trades: as small as the exchange lets them be, told beforehand. */

import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { OutputOf } from '../../../../contract/define.ts';
import type { liveContract, LiveState } from '../../../../contract/live.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { formatMoney, unitsOf } from '../../../ui/format.ts';
import { notifyDone, notifyFailed } from '../../../ui/notify.ts';

type Plan = OutputOf<(typeof liveContract)['live.test-plan']>;

export function TestTrades({ gate }: { gate: LiveState }) {
  const { trading, tradingActions } = useServices();
  const [plan, setPlan] = useState<Plan | null>(null);
  const holds = useStore(trading, ({ live }) =>
    (valueOf(live)?.positions ?? []).some(({ botId }) => botId === `test ${gate.symbol}`),
  );
  const ask = async (): Promise<void> =>
    setPlan(await tradingActions.ask('No test trade', 'live.test-plan', {}));
  const sell = async (): Promise<void> => {
    const done = await tradingActions.ask('Nothing was sold', 'live.test-sell', {});
    if (done !== null) notifyDone('The test position is being sold at the market.');
  };
  return (
    <div className="stack">
      <h4>Test trades</h4>
      <p className="quiet">
        Buys a little {unitsOf(gate.symbol).base} with real money and sells it again, to see that
        everything works.
      </p>
      <Group gap="sm">
        <Button
          variant="default"
          className="danger-outline"
          disabled={!gate.isLive || holds}
          onClick={() => void ask()}
        >
          Test live BUY 2 USD
        </Button>
        <Button
          variant="default"
          className="danger-outline"
          disabled={!holds}
          onClick={() => void sell()}
        >
          Test live SELL
        </Button>
      </Group>
      {plan !== null && <BuyDialog plan={plan} onClose={() => setPlan(null)} />}
    </div>
  );
}

function BuyDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { tradingActions } = useServices();
  const [isBusy, setBusy] = useState(false);
  const { quote } = unitsOf(plan.symbol);
  const buy = async (): Promise<void> => {
    setBusy(true);
    const answer = await tradingActions.ask('Nothing was bought', 'live.test-buy', {
      cost: plan.cost,
    });
    setBusy(false);
    onClose();
    if (answer === null) return;
    if (answer.kind === 'denied') notifyFailed(`Denied: ${answer.code}`, answer.sentence);
    else notifyDone(`LIVE: bought ${plan.symbol} for ${formatMoney(plan.cost)} ${quote}.`);
  };
  return (
    <Modal opened onClose={onClose} title="Test live BUY" className="danger-modal">
      <p>
        This buys {plan.symbol} for {formatMoney(plan.cost)} {quote} of real money.
        {plan.raisedBecause === null ? '' : ` ${plan.raisedBecause}`} A stop is placed below it.
      </p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          Do not buy
        </Button>
        <Button color="red.8" loading={isBusy} onClick={() => void buy()} data-autofocus>
          Buy LIVE for {formatMoney(plan.cost)} {quote}
        </Button>
      </Group>
    </Modal>
  );
}
