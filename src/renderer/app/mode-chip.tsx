/** The trading mode, in word, icon and colour. Paper is never red. */

import { Tooltip } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';

export function ModeChip() {
  return (
    <Tooltip label="No real money. This version only tests strategies on past candles; it cannot send an order.">
      <span className="mode-chip" tabIndex={0} role="note" aria-label="Mode: paper">
        <IconShieldCheck size={14} aria-hidden="true" />
        PAPER
      </span>
    </Tooltip>
  );
}
