/** The emergency stop: always in the same place, one click and a confirmation that Enter accepts. */

import { Button, Tooltip } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { notifyDone } from '../../ui/notify.ts';
import { useBusy } from '../../ui/use-busy.ts';
import { valueOf, type Loadable } from '../loadable.ts';
import type { AccountKind } from '../../../contract/trading.ts';
import { useServices } from '../services.tsx';
import { modeOf, type TradingView } from '../trading-store.ts';
import { isAnythingOpen, knownExposure } from './exposure/exposure-view.ts';
import { unreachedSale } from './exposure/unreached-sale.ts';
import { ArmDialog } from './stop/arm-dialog.tsx';
import { armingOf } from './stop/arming.ts';
import { saleOf, type SaleAccount } from './stop/sale.ts';
import { StopDialog } from './stop/stop-dialog.tsx';
import { STOP_KEYS, useStopShortcut } from './stop/use-stop-shortcut.ts';

export function StopButton() {
  const { trading } = useServices();
  const isHalted = useStore(trading, (view) => modeOf(view) === 'halted');
  return isHalted ? (
    <div className="stop-buttons">
      <SellRest />
      <ArmButton />
    </div>
  ) : (
    <Stop />
  );
}

function Stop() {
  const { trading } = useServices();
  const view = useStore(trading, useShallow(accountsIn));
  const [isAsking, setAsking] = useState(false);
  const ask = useCallback(() => setAsking(true), []);
  const close = useCallback(() => setAsking(false), []);
  useStopShortcut(ask);
  return (
    <>
      <Tooltip label={`Keys: ${STOP_KEYS}`}>
        <Button
          className="stop-button"
          color="red.8"
          size="sm"
          leftSection={<IconHandStop size={16} />}
          aria-keyshortcuts="Control+Alt+Shift+X Meta+Alt+Shift+X"
          onClick={ask}
        >
          Emergency stop
        </Button>
      </Tooltip>
      <StopDialog
        opened={isAsking}
        sale={saleOf(saleAccounts(view))}
        isStopped={false}
        onClose={close}
      />
    </>
  );
}

/** After a stop that kept what was held: it may be sold all the same, or once more. */
function SellRest() {
  const { trading } = useServices();
  const view = useStore(trading, useShallow(accountsIn));
  const [isAsking, setAsking] = useState(false);
  const ask = useCallback(() => setAsking(true), []);
  const close = useCallback(() => setAsking(false), []);
  useStopShortcut(ask);
  const sale = saleOf(saleAccounts(view));
  if (sale.sold.length === 0 && !isAnythingOpen(knownExposure(view.exposure)) && !isAsking)
    return null;
  return (
    <>
      <Tooltip label={`Keys: ${STOP_KEYS}`}>
        <Button
          className="stop-button danger-outline"
          variant="default"
          size="sm"
          aria-keyshortcuts="Control+Alt+Shift+X Meta+Alt+Shift+X"
          onClick={ask}
        >
          Sell everything
        </Button>
      </Tooltip>
      <StopDialog opened={isAsking} sale={sale} isStopped onClose={close} />
    </>
  );
}

function ArmButton() {
  const { trading, tradingActions } = useServices();
  const { paper, live } = useStore(trading, useShallow(accountsIn));
  const [isAsking, setAsking] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const { isBusy, run } = useBusy();
  const close = useCallback(() => {
    setWarned(false);
    setAsking(false);
  }, []);
  const accounts = armingOf([valueOf(paper), valueOf(live)]);
  const held = useStore(trading, ({ stop }) => valueOf(stop)?.holds ?? NOBODY);
  const sides = [...new Set([...accounts.map(({ account }) => account), ...held])];
  const arm = async (): Promise<void> => {
    for (const account of sides) {
      const title = 'Trading was not armed';
      const armed = await tradingActions.ask(title, 'trading.arm', { account, anyway: isWarned });
      // Whoever has read what is still to do may give it up by pressing once more.
      if (armed === null) return setWarned(true);
    }
    setWarned(false);
    setAsking(false);
    notifyDone('Armed: running bots may trade again on paper. Live mode is confirmed in Settings.');
  };
  return (
    <>
      <Button
        className="stop-button"
        variant="default"
        size="sm"
        leftSection={<IconPlayerPlay size={16} />}
        onClick={() => setAsking(true)}
      >
        Arm trading again
      </Button>
      <ArmDialog
        opened={isAsking}
        accounts={accounts}
        isBusy={isBusy}
        onArm={() => void run(arm)}
        onClose={close}
      />
    </>
  );
}

const NOBODY: readonly AccountKind[] = [];

type Accounts = Pick<TradingView, 'paper' | 'live' | 'gate' | 'exposure'>;

function accountsIn({ paper, live, gate, exposure }: TradingView): Accounts {
  return { paper, live, gate, exposure };
}

/** As far as the window knows them; one that cannot be looked into is told rather than left out. */
function saleAccounts({ paper, live, gate, exposure }: Accounts): readonly SaleAccount[] {
  const open = unreachedSale(knownExposure(exposure));
  if (valueOf(live) === null && open.length > 0)
    return [...accountOf('paper', paper, null), ...open];
  const state = valueOf(gate);
  const notConnected = state?.key
    ? `${state.venue.name} is not connected. Connect it in Settings to sell there.`
    : null;
  return [...accountOf('paper', paper, null), ...accountOf('live', live, notConnected)];
}

function accountOf(
  account: SaleAccount['account'],
  loadable: Loadable<NonNullable<SaleAccount['status']> | null>,
  missing: string | null,
): readonly SaleAccount[] {
  if (loadable.status === 'failed') {
    return [{ account, status: null, outOfReach: loadable.error.sentence }];
  }
  const status = valueOf(loadable);
  if (status !== null) return [{ account, status }];
  return missing === null ? [] : [{ account, status, outOfReach: missing }];
}
