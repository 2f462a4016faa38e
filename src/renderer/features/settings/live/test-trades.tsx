/** The first live trades: as small as the exchange lets them be, told beforehand. */

import { Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LiveState } from '../../../../contract/live.ts';
import { valueOf } from '../../../app/loadable.ts';
import { LiveOrderDialog } from '../../../app/order/live-order-dialog.tsx';
import { readExit, readTest, testBotOf } from '../../../app/order/read-plans.ts';
import { useServices } from '../../../app/services.tsx';
import { formatMoney, unitsOf } from '../../../ui/format.ts';
import { notifyDone, notifyFailed } from '../../../ui/notify.ts';

export function TestTrades({ gate }: { gate: LiveState }) {
  const { trading } = useServices();
  const [asking, setAsking] = useState<'buy' | 'sell' | null>(null);
  const holds = useStore(trading, ({ live }) =>
    (valueOf(live)?.positions ?? []).some(({ botId }) => botId === testBotOf(gate.symbol)),
  );
  const close = (): void => setAsking(null);
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
          onClick={() => setAsking('buy')}
        >
          Test live BUY 2 USD
        </Button>
        <Button
          variant="default"
          className="danger-outline"
          disabled={!holds}
          onClick={() => setAsking('sell')}
        >
          Test live SELL
        </Button>
      </Group>
      {asking === 'buy' && <TestBuy symbol={gate.symbol} onClose={close} />}
      {asking === 'sell' && <TestSell symbol={gate.symbol} onClose={close} />}
    </div>
  );
}

interface TestProps {
  readonly symbol: string;
  readonly onClose: () => void;
}

function TestBuy({ symbol, onClose }: TestProps) {
  const { client, tradingActions } = useServices();
  const cost = useRef<number | null>(null);
  const buy = async (): Promise<void> => {
    if (cost.current === null) return;
    const input = { cost: cost.current };
    const answer = await tradingActions.ask('Nothing was bought', 'live.test-buy', input);
    if (answer === null) return;
    if (answer.kind === 'denied') notifyFailed(`Denied: ${answer.code}`, answer.sentence);
    else
      notifyDone(`LIVE: buys ${symbol} for ${formatMoney(input.cost)} ${unitsOf(symbol).quote}.`);
  };
  return (
    <LiveOrderDialog
      title="Test live BUY"
      keep="Do not buy"
      read={async () => {
        const planned = await readTest(client);
        ({ cost: cost.current } = planned);
        return planned.answer;
      }}
      send={buy}
      onClose={onClose}
    />
  );
}

function TestSell({ symbol, onClose }: TestProps) {
  const { client, tradingActions } = useServices();
  const sell = async (): Promise<void> => {
    const done = await tradingActions.ask('Nothing was sold', 'live.test-sell', {});
    if (done !== null) notifyDone('The test position is being sold at the market.');
  };
  return (
    <LiveOrderDialog
      title="Test live SELL"
      keep="Do not sell"
      read={() => readExit(client, testBotOf(symbol))}
      send={sell}
      onClose={onClose}
    />
  );
}
