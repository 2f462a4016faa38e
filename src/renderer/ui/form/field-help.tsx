/** What a field means, beside the panel, while the pointer or the focus is on the field. */

import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

export function FieldHelp({ help, children }: { help: string; children: ReactElement }) {
  return (
    <Tooltip label={help} position="right" offset={12} openDelay={350}>
      {children}
    </Tooltip>
  );
}
