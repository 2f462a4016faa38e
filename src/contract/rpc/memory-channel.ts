/** The transport in memory: two ends in one process that share nothing, because every message is cloned. */

import { createChannelEnd, type Channel, type ChannelEnd } from './channel.ts';

export interface MemoryChannels {
  readonly window: Channel;
  readonly app: Channel;
}

/** @param clone - The platform's `structuredClone`: neither Node's nor the DOM's types are known here. */
export function createMemoryChannels(clone: (message: unknown) => unknown): MemoryChannels {
  // Read only when something is sent, by which time both are assigned.
  const window: ChannelEnd = createChannelEnd(wireTo(() => app));
  const app: ChannelEnd = createChannelEnd(wireTo(() => window));

  function wireTo(other: () => ChannelEnd) {
    return {
      send(message: unknown) {
        const copy = clone(message);
        later(() => other().receive(copy));
      },
      close: () => later(() => other().hangUp()),
    };
  }
  return { window: window.channel, app: app.channel };
}

/** In order, and never inside the sender's own call: as a real wire would. */
function later(deliver: () => void): void {
  void Promise.resolve().then(deliver);
}
