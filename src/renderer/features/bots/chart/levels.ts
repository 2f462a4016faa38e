/** The prices of a position that are drawn across the chart, with their names. */

import type { Palette } from '../../../app/palette.ts';
import type { Position } from '../bot-of.ts';

export interface Level {
  readonly name: string;
  readonly price: number;
  readonly colour: keyof Pick<Palette, 'accent' | 'down' | 'up'>;
}

export function levelsOf(position: Position | null): readonly Level[] {
  if (position === null) return [];
  const { entryPrice, stop, target } = position;
  return [
    { name: 'Entry', price: entryPrice, colour: 'accent' },
    ...(stop === null ? [] : [{ name: 'Stop', price: stop, colour: 'down' } as const]),
    ...(target === null ? [] : [{ name: 'Target', price: target, colour: 'up' } as const]),
  ];
}
