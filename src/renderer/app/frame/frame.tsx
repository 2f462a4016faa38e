/** The large window or the light one: as asked for, and light wherever there is little room. */

import { useMediaQuery } from '@mantine/hooks';
import { Compact } from './compact.tsx';
import { Shell } from './shell.tsx';

/** In CSS px: less than this shows no table that one could read. */
const NARROW = '(width < 560px)';

/** @param isCompact whether the light one was asked for */
export function Frame({ isCompact }: { isCompact: boolean }) {
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  return isCompact || isNarrow ? <Compact /> : <Shell />;
}
