/** Beside the mode, wherever it stands: that real money is open although the mode need not say so. */

import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCoins } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useServices } from '../../services.tsx';
import { modeOf } from '../../trading-store.ts';
import { knownExposure, markOf } from './exposure-view.ts';

export function ExposureMark() {
  const { trading } = useServices();
  const loadable = useStore(trading, (view) => view.exposure);
  const isLive = useStore(trading, (view) => modeOf(view) === 'live');
  const mark = markOf(knownExposure(loadable), isLive);
  if (mark === null) return null;
  const { word, tone, meaning } = mark;
  const Icon = tone === 'danger' ? IconAlertTriangle : IconCoins;
  return (
    <Tooltip label={meaning} multiline maw={420} offset={16}>
      <button type="button" className="exposure-mark" data-tone={tone}>
        <Icon size={14} aria-hidden="true" />
        {word}
      </button>
    </Tooltip>
  );
}
