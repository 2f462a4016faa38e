/** When an event happened, for the journal's index. */

import type { EngineEvent } from '../../core/events.ts';

/** ms UTC; `otherwise` for an event that brings no time of its own. */
export function eventTime(event: EngineEvent, otherwise: number): number {
  switch (event.kind) {
    case 'bar-closed':
      return event.bar[0];
    case 'bars-caught-up':
      return otherwise;
    case 'order-filled':
      return event.fill.time;
    default:
      return event.time;
  }
}
