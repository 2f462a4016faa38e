/** A two-way, ordered line between the window and the app; each transport is one of these. */

import { createListeners } from './listeners.ts';

/**
 * Messages are structured-cloneable values; each arrives as a copy, in the order sent.
 * A closed channel stays closed: nothing is sent, nothing more is delivered.
 */
export interface Channel {
  /** Does nothing once closed. @throws when the value cannot cross: a function in it, or too large. */
  send(message: unknown): void;
  /** Returns the removal. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once, whichever side closed; at once if it is closed already. Returns the removal. */
  onClose(listener: () => void): () => void;
  close(): void;
}

/** What a transport gives: how to put a message on the wire, and how to hang up. */
export interface Wire {
  send(message: unknown): void;
  close(): void;
}

/** The transport's own end of a channel. */
export interface ChannelEnd {
  readonly channel: Channel;
  /** A message came in. */
  receive(message: unknown): void;
  /** The wire is gone, or the other side hung up. */
  hangUp(): void;
}

/** Gives every transport the same rules about order, closing and late messages. */
export function createChannelEnd(wire: Wire): ChannelEnd {
  const messages = createListeners<unknown>();
  const closes = createListeners<void>();
  let open = true;

  function hangUp(): void {
    if (!open) return;
    open = false;
    closes.tell();
  }

  const channel: Channel = {
    send(message) {
      if (open) wire.send(message);
    },
    onMessage: (listener) => messages.add(listener),
    onClose(listener) {
      if (open) return closes.add(listener);
      listener();
      return () => {};
    },
    close() {
      if (!open) return;
      wire.close();
      hangUp();
    },
  };
  return {
    channel,
    receive(message) {
      if (open) messages.tell(message);
    },
    hangUp,
  };
}
