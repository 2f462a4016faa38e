/** A curve's name beside a piece of its line. */

import type { ReactNode } from 'react';

interface LegendEntryProps {
  readonly colour: string;
  /** As SVG's stroke-dasharray. */
  readonly dash?: string;
  readonly children: ReactNode;
}

export function LegendEntry({ colour, dash = '', children }: LegendEntryProps) {
  return (
    <span className="legend-entry">
      <svg width="22" height="8" aria-hidden="true">
        <line x1="1" x2="21" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
      </svg>
      <span className="legend-name">{children}</span>
    </span>
  );
}
