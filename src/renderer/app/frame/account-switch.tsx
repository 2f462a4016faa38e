/** Which account the screens show, where there are two. */

import { SegmentedControl } from '@mantine/core';
import { useStore } from 'zustand';
import { valueOf } from '../loadable.ts';
import { useServices } from '../services.tsx';

export function AccountSwitch() {
  const { trading } = useServices();
  const shown = useStore(trading, (view) => view.shown);
  const isConnected = useStore(trading, ({ gate }) => valueOf(gate)?.isConnected ?? false);
  if (!isConnected) return null;
  return (
    <SegmentedControl
      aria-label="Account shown"
      value={shown}
      onChange={trading.show}
      data={[
        { value: 'paper', label: 'Paper' },
        { value: 'live', label: 'Live' },
      ]}
    />
  );
}
