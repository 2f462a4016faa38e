/** A word with its meaning on hover and focus. */

import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

export function Explained({ meaning, children }: { meaning: string; children: ReactNode }) {
  return (
    <Tooltip label={meaning}>
      <button type="button" className="explained">
        {children}
      </button>
    </Tooltip>
  );
}
