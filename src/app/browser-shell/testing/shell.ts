/** For tests: a running browser shell with a small built window, and sockets as a browser would open them. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import {
  createFixture,
  fixtureTable,
  type Fixture,
} from '../../../contract/rpc/conformance/fixture.ts';
import { CONTRACT_PATH, offeredProtocols } from '../../../contract/rpc/websocket-protocol.ts';
import { startBrowserShell, type BrowserShell } from '../server.ts';

const INDEX_HTML =
  '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script src="./app.js"></script>';

export interface TestShell extends BrowserShell {
  readonly rendererDir: string;
  readonly logged: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startTestShell(
  fixture: Fixture = createFixture(),
  port = 0,
): Promise<TestShell> {
  const parent = await mkdtemp(join(tmpdir(), 'piggy-shell-'));
  const logged: string[] = [];
  await writeFile(join(parent, 'index.html'), INDEX_HTML);
  await writeFile(join(parent, 'app.js'), 'export {};');
  await writeFile(join(parent, '.env'), 'SECRET=1');
  const remove = (): Promise<void> => rm(parent, { recursive: true, force: true });
  try {
    const shell = await startBrowserShell({
      table: fixtureTable,
      handlers: fixture.handlers,
      reporting: fixture.reporting,
      rendererDir: parent,
      port,
      log: (sentence) => logged.push(sentence),
    });
    return {
      ...shell,
      rendererDir: parent,
      logged,
      async [Symbol.asyncDispose]() {
        await shell.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export interface SocketChoices {
  readonly port: number;
  readonly token: string;
  /** What a browser would name; our own page's by default. */
  readonly origin?: string;
  readonly host?: string;
}

export function openSocket({ port, token, origin, host }: SocketChoices): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}${CONTRACT_PATH}`, [...offeredProtocols(token)], {
    origin: origin ?? `http://127.0.0.1:${port}`,
    ...(host === undefined ? {} : { headers: { host } }),
  });
}

/** How the app answered: the frame it greeted with, the status it refused with, or the code it closed with. */
export function firstAnswer(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(`frame ${JSON.stringify(data)}`));
    socket.on('unexpected-response', (_request, response) => {
      resolve(`status ${response.statusCode ?? 0}`);
      socket.terminate();
    });
    socket.on('close', (code) => resolve(`closed ${code}`));
    // A refused handshake is also an error; what it was is told above.
    socket.on('error', () => {});
  });
}
