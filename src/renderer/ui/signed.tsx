/** A gain or a loss: sign, arrow and colour together, so that none of them has to be seen alone. */

import { IconCaretDownFilled, IconCaretUpFilled } from '@tabler/icons-react';
import type { Figure, SignOption } from './format.ts';

interface SignedProps {
  readonly value: Figure;
  readonly format: (value: Figure, sign: SignOption) => string;
  /** Quieter, after the figure. */
  readonly unit?: string;
}

const PLUS: SignOption = { plus: true };

export function Signed({ value, format, unit }: SignedProps) {
  const text = format(value, PLUS);
  const direction = directionOf(text);
  return (
    <span className={`figure signed ${direction}`}>
      {direction === 'up' && <IconCaretUpFilled size={12} aria-hidden="true" />}
      {direction === 'down' && <IconCaretDownFilled size={12} aria-hidden="true" />}
      <span>{text}</span>
      {unit !== undefined && value !== null && <span className="unit">{unit}</span>}
    </span>
  );
}

/** Of the figure as shown: what rounds to nothing is neither. */
function directionOf(text: string): 'up' | 'down' | 'flat' {
  if (text.startsWith('+')) return 'up';
  return text.startsWith('\u2212') ? 'down' : 'flat';
}
