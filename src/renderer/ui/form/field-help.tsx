/** What a field means, while the pointer or the focus is on it: beside the form, above where there is no side. */

import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

export type HelpSide = 'left' | 'right' | 'top';

interface FieldHelpProps {
  readonly help: string;
  readonly side?: HelpSide;
  readonly children: ReactElement;
}

export function FieldHelp({ help, side = 'right', children }: FieldHelpProps) {
  return (
    <Tooltip label={help} position={side} offset={side === 'top' ? 4 : 12} openDelay={350}>
      {children}
    </Tooltip>
  );
}
