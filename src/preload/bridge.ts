/** The bridge that the window sees: one function to connect, and two on what it returns. Nothing of Electron itself. */

import {
  IPC_CHANNEL,
  readEnvelope,
  type ElectronBridge,
  type IpcEnvelope,
} from '../contract/rpc/electron-bridge.ts';

/** What is used of Electron's `ipcRenderer`. */
export interface IpcSender {
  send(channel: string, envelope: IpcEnvelope): void;
  on(channel: string, listener: IpcListener): unknown;
  off(channel: string, listener: IpcListener): unknown;
}

/** The event itself is never passed on: it would hand `ipcRenderer` to the page. */
type IpcListener = (event: unknown, envelope: unknown) => void;

export interface BridgeParts {
  readonly ipcRenderer: IpcSender;
  /** Unique among all connections of this run. */
  readonly newConnectionId: () => string;
  /** Runs the action when the page is left or reloaded. */
  readonly onPageHide: (action: () => void) => void;
}

export function createElectronBridge(parts: BridgeParts): ElectronBridge {
  return {
    connect(onMessage, onClose) {
      const connection = openConnection(parts, onMessage, onClose);
      parts.onPageHide(connection.close);
      return connection;
    },
  };
}

function openConnection(
  { ipcRenderer, newConnectionId }: BridgeParts,
  onMessage: (message: unknown) => void,
  onClose: () => void,
) {
  const connection = newConnectionId();
  const post = (envelope: IpcEnvelope): void => ipcRenderer.send(IPC_CHANNEL, envelope);
  const listener: IpcListener = (_event, raw) => {
    const envelope = readEnvelope(raw);
    if (envelope?.connection !== connection) return;
    if (envelope.kind === 'message') onMessage(envelope.message);
    if (envelope.kind !== 'close') return;
    ipcRenderer.off(IPC_CHANNEL, listener);
    onClose();
  };
  ipcRenderer.on(IPC_CHANNEL, listener);
  post({ kind: 'open', connection });
  return {
    send: (message: unknown) => post({ kind: 'message', connection, message }),
    close() {
      ipcRenderer.off(IPC_CHANNEL, listener);
      post({ kind: 'close', connection });
    },
  };
}
