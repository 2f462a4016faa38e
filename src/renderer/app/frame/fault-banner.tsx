/** Says why trading has stopped, or that live mode has gone off, until it is seen to. */

import { CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { valueOf } from '../loadable.ts';
import { useServices } from '../services.tsx';
import type { TradingView } from '../trading-store.ts';

export function FaultBanner() {
  const { trading } = useServices();
  const fault = useStore(trading, faultOf);
  const stopOpen = useStore(trading, stopOpenOf);
  const liveOff = useStore(trading, liveOffBecause);
  const [read, setRead] = useState<string | null>(null);
  return (
    <div role="alert">
      {stopOpen !== null && (
        <div className="banner banner-danger">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{stopOpen}</span>
        </div>
      )}
      {fault !== null && (
        <div className="banner banner-danger">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{fault}</span>
        </div>
      )}
      {liveOff !== null && liveOff !== read && (
        <div className="banner">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>Live mode went off. {liveOff}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => setRead(liveOff)} />
        </div>
      )}
    </div>
  );
}

function faultOf({ paper, live }: TradingView): string | null {
  return valueOf(live)?.fault ?? valueOf(paper)?.fault ?? null;
}

/** What an emergency stop has still to do, and why. */
function stopOpenOf({ stop }: TradingView): string | null {
  const report = valueOf(stop);
  if (report === null || report.state === 'carried-out') return report?.trouble ?? null;
  const open = report.places.filter(({ state }) => state === 'not-yet');
  return [
    'The emergency stop is in force and NOT carried out yet; it goes on by itself.',
    report.trouble,
    ...open.map(({ venue, sentence }) => `${venue}: ${sentence}`),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

function liveOffBecause({ gate }: TradingView): string | null {
  const state = valueOf(gate);
  return state === null || state.isLive ? null : state.shutBecause;
}
