/** The window's one way to the app, the same in both shells. */

import './zod-without-eval.ts';
import { contract, type Contract } from '../../contract/contract.ts';
import type { ElectronBridge } from '../../contract/rpc/electron-bridge.ts';
import { dialFrom } from './connect.ts';
import { createReconnectingBridge, type Bridge } from './reconnecting-client.ts';

export type { Bridge, ConnectionState } from './reconnecting-client.ts';

declare global {
  interface Window {
    readonly cryptopiggy?: ElectronBridge;
  }
}

/** Dials at once, and again whenever the connection is lost. */
export function createBridge(): Bridge<Contract> {
  const dial = dialFrom(window, (url, protocols) => new WebSocket(url, protocols));
  return createReconnectingBridge(contract, dial, {
    after: (ms, action) => {
      setTimeout(action, ms);
    },
    random: Math.random,
  });
}
