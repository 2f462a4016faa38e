/** Sends the account's events on, once and in order unless a fault wants it otherwise. */

import type { ExchangeEvent, UserEvent } from '../events.ts';
import type { Faults } from '../faults.ts';

/** A listener for the exchange; `send` gets the user events as they reach the clients. */
export function createDelivery(
  faults: Faults,
  send: (event: UserEvent) => void,
): (event: ExchangeEvent) => void {
  let heldBack: UserEvent | undefined;
  const deliver = (event: UserEvent): void => {
    send(event);
    if (faults.takeDuplicate()) send(event);
  };
  return (event) => {
    if (event.kind === 'move') return;
    // Only execution reports change places: a balance that comes late says nothing new.
    if (event.kind !== 'execution') {
      deliver(event);
      return;
    }
    if (heldBack === undefined && faults.takeReordering()) {
      heldBack = event;
      return;
    }
    deliver(event);
    if (heldBack !== undefined) deliver(heldBack);
    heldBack = undefined;
  };
}
