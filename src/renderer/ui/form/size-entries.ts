/** The size of an entry as fields hold it, and what is read from them. */

import type { Sizing } from '../../../core/domain/sizing.ts';
import { percentToFraction, readNumber } from './entries.ts';
import { ABOVE_ZERO, type NumberEntry } from './number/number-entry.ts';

export interface SizeEntries {
  readonly sizing: Sizing['kind'];
  /** In quote. */
  readonly fixedCost: NumberEntry;
  readonly riskPercent: NumberEntry;
}

/** Reads the size that is chosen, and not the others. */
export function readSizing(entries: SizeEntries, errors: Record<string, string>): Sizing {
  switch (entries.sizing) {
    case 'all-in':
      return { kind: 'all-in' };
    case 'fixed':
      return {
        kind: 'fixed',
        cost: readNumber(errors, 'fixedCost', entries.fixedCost, ABOVE_ZERO),
      };
    case 'risk': {
      const bounds = { above: 0, max: 100 };
      const percent = readNumber(errors, 'riskPercent', entries.riskPercent, bounds);
      return { kind: 'risk', fraction: percentToFraction(percent) };
    }
  }
}
