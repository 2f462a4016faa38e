/** The palette of the scheme that shows now. */

import { useComputedColorScheme } from '@mantine/core';
import { paletteOf, type Palette } from './palette.ts';

export function usePalette(): Palette {
  return paletteOf(useComputedColorScheme('light', { getInitialValueInEffect: false }));
}
