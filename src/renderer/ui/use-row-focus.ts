/** One row of a table is in the tab order; arrow keys, Home and End move it. */

import { useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';

interface RowFocus {
  readonly index: number;
  /** Of a row, which says its index in `data-row`. */
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** @param reveal - Scrolls the row with this index into sight. */
export function useRowFocus(count: number, reveal: (index: number) => void): RowFocus {
  const [wanted, setWanted] = useState(0);
  const index = Math.min(wanted, Math.max(0, count - 1));
  return {
    index,
    onKeyDown(event) {
      const row = event.currentTarget;
      const next = nextIndex(event.key, Number(row.dataset['row']), count);
      if (next === null) return;
      event.preventDefault();
      const table = row.closest('[role="grid"]');
      flushSync(() => setWanted(next));
      reveal(next);
      // The row may only be drawn once the scrolling has been seen.
      requestAnimationFrame(() =>
        table?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true }),
      );
    },
  };
}

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
