/** A WebSocket server on this machine that sends what a test hands it. */

import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

export interface FrameServer {
  /** `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /** What clients sent, parsed, oldest first. */
  readonly received: readonly unknown[];
  /** Sends to every client: text as it is, anything else as JSON. */
  send(...frames: readonly unknown[]): void;
  /** Reads nothing more, not even a goodbye, as a machine that was unplugged. */
  deafen(): void;
}

/** @param answer - What a client is sent for a message of its own; `undefined` is nothing. */
export async function startFrameServer(
  answer: (message: unknown) => unknown,
): Promise<FrameServer> {
  const received: unknown[] = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.on('message', (bytes: Buffer) => {
      const message: unknown = JSON.parse(bytes.toString());
      received.push(message);
      const reply = answer(message);
      if (reply !== undefined) socket.send(JSON.stringify(reply));
    });
  });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    received,
    send: (...frames) => {
      for (const socket of server.clients) {
        for (const frame of frames) {
          socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
        }
      }
    },
    deafen: () => {
      for (const socket of server.clients) socket.pause();
    },
  };
}
