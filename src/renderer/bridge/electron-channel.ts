/** The channel to Electron's main process, through the bridge that the preload script exposes. */

import { createChannelEnd, type Channel } from '../../contract/rpc/channel.ts';
import type { ElectronBridge } from '../../contract/rpc/electron-bridge.ts';

export function openElectronChannel(bridge: ElectronBridge): Channel {
  const end = createChannelEnd({
    send: (message) => connection.send(message),
    close: () => connection.close(),
  });
  const connection = bridge.connect(
    (message) => end.receive(message),
    () => end.hangUp(),
  );
  return end.channel;
}
