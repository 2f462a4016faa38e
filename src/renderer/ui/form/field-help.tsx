/** What a field means, while the pointer or the focus is on it: beside a form at the left, above where there is no side. */

import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

export type HelpSide = 'right' | 'top';

interface FieldHelpProps {
  readonly help: string;
  readonly side?: HelpSide;
  readonly children: ReactElement;
}

export function FieldHelp({ help, side = 'right', children }: FieldHelpProps) {
  return (
    <Tooltip label={help} position={side} offset={side === 'right' ? 12 : 4} openDelay={350}>
      {children}
    </Tooltip>
  );
}
