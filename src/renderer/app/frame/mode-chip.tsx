/** The trading mode, in word, icon and colour. Paper is never red. */

import { Tooltip } from '@mantine/core';
import { IconBroadcast, IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useServices } from '../services.tsx';
import { modeOf, type Mode } from '../trading-store.ts';

const MODES = {
  paper: {
    word: 'PAPER',
    icon: IconShieldCheck,
    meaning: 'Paper Trading Mode: no real money. Orders go to a simulated exchange.',
  },
  live: {
    word: 'LIVE',
    icon: IconBroadcast,
    meaning: 'LIVE TRADING ACTIVE: orders go to the exchange and move real money.',
  },
  halted: {
    word: 'HALTED',
    icon: IconHandStop,
    meaning: 'The emergency stop is in force: nothing is bought until trading is armed again.',
  },
} as const satisfies Record<Mode, unknown>;

export function ModeChip() {
  const { trading } = useServices();
  const mode = useStore(trading, modeOf);
  const { word, icon: Icon, meaning } = MODES[mode];
  return (
    <Tooltip label={meaning} offset={16}>
      <button type="button" className="mode-chip" data-mode={mode} aria-label={`Mode: ${mode}`}>
        <Icon size={14} aria-hidden="true" />
        {word}
      </button>
    </Tooltip>
  );
}
