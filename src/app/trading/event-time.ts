/** When an event happened, for the journal's index. */

import type { EngineEvent } from '../../core/events.ts';

/** Whole ms UTC, as books keep them, whatever an exchange tells; `otherwise` for an event that brings no time of its own. */
export function eventTime(event: EngineEvent, otherwise: number): number {
  return Math.floor(timeOf(event, otherwise));
}

function timeOf(event: EngineEvent, otherwise: number): number {
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
