/** The trading mode, in word, icon and colour. Paper is never red. */

import { Tooltip } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';

export function ModeChip() {
  return (
    <Tooltip label="No real money. This version only tests strategies on past candles; it cannot send an order.">
      <button type="button" className="mode-chip" aria-label="Mode: paper">
        <IconShieldCheck size={14} aria-hidden="true" />
        PAPER
      </button>
    </Tooltip>
  );
}
