/** The preload script: runs isolated beside the page, and exposes the bridge to it. */

import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_KEY } from '../contract/rpc/electron-bridge.ts';
import { createElectronBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(
  BRIDGE_KEY,
  createElectronBridge({
    ipcRenderer,
    newConnectionId: () => crypto.randomUUID(),
    onPageHide: (action) => window.addEventListener('pagehide', action),
  }),
);
