/** Does the one thing that is to be done about what is open, where the window can. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ExposureTodo } from '../../../../contract/exposure.ts';
import { useBusy } from '../../../ui/use-busy.ts';
import { valueOf } from '../../loadable.ts';
import { useServices } from '../../services.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';

export function TodoButton({ todo }: { todo: ExposureTodo }) {
  switch (todo.kind) {
    case 'unlock':
      return <UnlockButton />;
    case 'key':
    case 'choose':
      return <GoButton to="settings" label="Open Settings" />;
    case 'look':
      return <GoButton to="portfolio" label="Open Portfolio" />;
    case 'seen':
      return <SeenButton />;
    case 'none':
    case 'wait':
    case 'arm':
    case 'start':
    case 'restart':
    case 'simulator':
      return null;
  }
}

function UnlockButton() {
  const { trading } = useServices();
  const file = useStore(trading, ({ gate }) => valueOf(gate)?.vault.file ?? null);
  const [isAsking, setAsking] = useState(false);
  // A keychain is unlocked by the system, and Settings says how.
  if (file !== 'locked') return <GoButton to="settings" label="Open Settings" />;
  return (
    <>
      <Button
        size="xs"
        variant="filled"
        className="exposure-button"
        onClick={() => setAsking(true)}
      >
        Unlock the keys
      </Button>
      <UnlockDialog opened={isAsking} onClose={() => setAsking(false)} />
    </>
  );
}

/** The light window has no screens: there the sentence has to do. */
function GoButton({ to, label }: { to: string; label: string }) {
  const { screen, trading } = useServices();
  const isConnected = useStore(trading, ({ gate }) => valueOf(gate)?.isConnected ?? false);
  const go = (): void => {
    if (isConnected) trading.show('live');
    screen.go(to);
  };
  return (
    <Button size="xs" variant="default" className="exposure-button only-large" onClick={go}>
      {label}
    </Button>
  );
}

function SeenButton() {
  const { tradingActions } = useServices();
  const { isBusy, run } = useBusy();
  const say = async (): Promise<void> => {
    await tradingActions.ask('The notice stays', 'trading.lost-books-seen', {});
  };
  return (
    <Button
      size="xs"
      variant="default"
      className="exposure-button"
      loading={isBusy}
      onClick={() => void run(say)}
    >
      I have looked at the exchange
    </Button>
  );
}
