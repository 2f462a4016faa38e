/** The app's end of the windows' IPC connections: one for each window, released when it closes, reloads or crashes. */

import { createChannelEnd, type Channel, type ChannelEnd } from '../contract/rpc/channel.ts';
import { IPC_CHANNEL, readEnvelope, type IpcEnvelope } from '../contract/rpc/electron-bridge.ts';
import type { SenderEvent } from './trusted-sender.ts';

/** What is used of Electron's `WebContents`. */
export interface WindowContents {
  readonly id: number;
  send(channel: string, envelope: IpcEnvelope): void;
  isDestroyed(): boolean;
  on(event: 'destroyed' | 'render-process-gone', listener: () => void): unknown;
}

export interface WindowEvent extends SenderEvent {
  readonly sender: WindowContents;
}

/** What is used of Electron's `ipcMain`. */
export interface IpcReceiver {
  on(channel: string, listener: (event: WindowEvent, envelope: unknown) => void): unknown;
}

export interface IpcConnections {
  readonly ipcMain: IpcReceiver;
  /** Asked for every single message, not only for the first. */
  readonly isTrusted: (event: WindowEvent) => boolean;
  readonly serve: (channel: Channel) => void;
  readonly log: (sentence: string) => void;
}

interface Connection {
  readonly id: string;
  readonly end: ChannelEnd;
}

/** @returns what hangs up on every window, and takes no call any more */
export function acceptIpcConnections(parts: IpcConnections): () => void {
  const { ipcMain, isTrusted, serve, log } = parts;
  const connections = new Map<number, Connection>();
  const watched = new Set<number>();
  let isClosed = false;

  function hangUp(windowId: number): void {
    const connection = connections.get(windowId);
    connections.delete(windowId);
    connection?.end.hangUp();
  }

  /** A window has one connection: opening another means that its page was loaded anew. */
  function open(window: WindowContents, id: string): void {
    hangUp(window.id);
    watch(window);
    const end = createChannelEnd(wireTo(window, id, () => connections.delete(window.id)));
    connections.set(window.id, { id, end });
    serve(end.channel);
  }

  function watch(window: WindowContents): void {
    if (watched.has(window.id)) return;
    watched.add(window.id);
    window.on('render-process-gone', () => hangUp(window.id));
    window.on('destroyed', () => {
      watched.delete(window.id);
      hangUp(window.id);
    });
  }

  function receive(window: WindowContents, envelope: IpcEnvelope): void {
    if (envelope.kind === 'open') {
      open(window, envelope.connection);
      return;
    }
    const connection = connections.get(window.id);
    // Late mail of the page before the reload.
    if (connection?.id !== envelope.connection) return;
    if (envelope.kind === 'close') hangUp(window.id);
    else connection.end.receive(envelope.message);
  }

  ipcMain.on(IPC_CHANNEL, (event, raw) => {
    if (isClosed) return;
    if (!isTrusted(event)) {
      log('A message from a page that is not ours was dropped.');
      return;
    }
    const envelope = readEnvelope(raw);
    if (envelope !== null) receive(event.sender, envelope);
    else log('A message that is not part of the contract was dropped.');
  });

  return () => {
    isClosed = true;
    for (const { end } of connections.values()) end.channel.close();
  };
}

function wireTo(window: WindowContents, connection: string, forget: () => void) {
  const send = (envelope: IpcEnvelope): void => {
    if (!window.isDestroyed()) window.send(IPC_CHANNEL, envelope);
  };
  return {
    send: (message: unknown) => send({ kind: 'message', connection, message }),
    close() {
      forget();
      send({ kind: 'close', connection });
    },
  };
}
