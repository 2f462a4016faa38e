/** The guided start: from nothing to a paper bot on the practice market in one step, with no key asked for. */

import { Button, Group, Select } from '@mantine/core';
import { IconPig, IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { isAnythingOpen, knownExposure } from '../../app/frame/exposure/exposure-view.ts';
import { valueOf } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { firstBot, STARTS, type Start } from './first-bot.ts';

export function StartPanel() {
  const { screen, trading } = useServices();
  const exposure = useStore(trading, (view) => view.exposure);
  const isOpen = isAnythingOpen(knownExposure(exposure));
  return (
    <div className="start">
      <div className="start-card">
        <span className="state-empty-icon" aria-hidden="true">
          <IconPig size={28} />
        </span>
        <h2>{isOpen ? 'No paper account yet' : 'Welcome to CryptoPiggy'}</h2>
        {isOpen && (
          <p className="start-open">
            This is not an empty profile: what stands above is open, or may be, with real money. See
            to that first. A paper account can be begun beside it.
          </p>
        )}
        <p className="quiet">
          Trade small amounts with limits that nobody can loosen: at most 50 USD a trade, 20 trades
          a day, and nothing more once a day has lost 5 %. Begin on paper, with made-up money. No
          key is needed.
        </p>
        <ol className="start-steps">
          <li>A paper account with 1,000 USD begins.</li>
          <li>A bot with a simple strategy watches prices and trades by itself.</li>
          <li>You watch, pause, change, or stop it at any moment.</li>
        </ol>
        <StartForm />
        <Button variant="subtle" color="gray" onClick={() => screen.go('backtest')}>
          Test a strategy on past candles first
        </Button>
      </div>
    </div>
  );
}

function StartForm() {
  const { tradingActions, screen, backtest } = useServices();
  const strategies = useStore(backtest.strategies, (state) => valueOf(state.strategies)) ?? [];
  const [start, setStart] = useState<Start>(STARTS[0]);
  const [strategy, setStrategy] = useState('sma-cross');
  const [isBusy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    setBusy(true);
    const isDone = await beginWith(start, strategy, tradingActions);
    setBusy(false);
    if (!isDone) return;
    notifyDone('Your first bot is running, on paper.');
    screen.go('bots');
  };
  return (
    <div className="start-form">
      <div className="field-pair">
        <Select
          label="Prices"
          data={STARTS.map(({ venue, label }) => ({ value: venue, label }))}
          value={start.venue}
          onChange={(venue) => setStart(STARTS.find((one) => one.venue === venue) ?? STARTS[0])}
        />
        <Select
          label="Strategy"
          data={strategies.map(({ name, title }) => ({ value: name, label: title }))}
          value={strategy}
          onChange={(name) => setStrategy(name ?? 'sma-cross')}
        />
      </div>
      <p className="quiet">{start.help}</p>
      <Group justify="center">
        <Button
          size="sm"
          leftSection={<IconRobot size={16} />}
          loading={isBusy}
          onClick={() => void begin()}
        >
          Start a paper bot
        </Button>
      </Group>
    </div>
  );
}

type Actions = ReturnType<typeof useServices>['tradingActions'];

/** @returns whether all of it was done; what was not is said */
async function beginWith(start: Start, strategy: string, actions: Actions): Promise<boolean> {
  const { venue, quote } = start;
  const balances = [{ currency: quote, amount: 1_000 }];
  const begun = await actions.ask('No account was begun', 'trading.begin', { venue, balances });
  if (begun === null) return false;
  const bot = await actions.ask('No bot was added', 'bots.add', firstBot(start, strategy));
  if (bot === null) return false;
  const { botId } = bot;
  return (await actions.ask('The bot was not started', 'bots.start', { botId })) !== null;
}
