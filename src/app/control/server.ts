/** Lets other processes of the same person control the running one, over a socket that nobody else can open. */

import { chmod, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Channel } from '../../contract/rpc/channel.ts';
import { framed, FrameReader } from './frames.ts';
import { controlPlace, isSameToken, type ControlPlace } from './place.ts';
import { socketChannel } from './socket-channel.ts';

export interface ControlServerOptions {
  /** Absolute; locked by this process. */
  readonly dataDir: string;
  /** Serves one connection whose token was right. */
  readonly serve: (channel: Channel) => void;
  /** 32 unguessable bytes. */
  readonly token: Uint8Array;
  readonly platform: NodeJS.Platform;
  /** How long a connection may take to show its token, ms. */
  readonly helloMs?: number;
}

export interface ControlServer {
  /** Ends every connection and takes socket and token away. Idempotent. */
  close(): Promise<void>;
}

/** The one frame that says the token was right. */
export const READY = new TextEncoder().encode('ready');

const MAX_HELLO_BYTES = 256;
const HELLO_MS = 2_000;

/** @throws Error when the place of the socket belongs to somebody else, or whatever the system answers */
export async function serveControl(options: ControlServerOptions): Promise<ControlServer> {
  const { dataDir, token, platform } = options;
  const place = controlPlace(dataDir, platform, tmpdir());
  await prepare(place, platform);
  await rm(place.tokenFile, { force: true });
  await writeFile(place.tokenFile, token, { mode: 0o600, flag: 'wx' });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The other side going away is its own business.
    socket.on('error', () => socket.destroy());
    greet(socket, options);
  });
  await listen(server, place, platform);
  let closed: Promise<void> | null = null;
  return { close: () => (closed ??= shut(server, sockets, place, platform)) };
}

/** The data folder is locked, so a socket that lies there is one of a process that was killed. */
async function prepare(
  { socket, socketDir }: ControlPlace,
  platform: NodeJS.Platform,
): Promise<void> {
  if (socketDir !== null) {
    await mkdir(socketDir, { recursive: true, mode: 0o700 });
    const found = await lstat(socketDir);
    const isOurs =
      found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
    if (!isOurs) throw new Error(`The folder ${socketDir} belongs to somebody else.`);
  }
  if (platform !== 'win32') await rm(socket, { force: true });
}

async function listen(
  server: Server,
  { socket }: ControlPlace,
  platform: NodeJS.Platform,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const listening = (): void => {
      server.off('error', reject);
      resolve();
    };
    // Between its birth and a chmod the socket would be open to others. It is born before `listen` returns, and the
    // mask is the whole process's: nothing else may be made under it.
    const mask = platform === 'win32' ? null : process.umask(0o177);
    try {
      server.listen(socket, listening);
    } finally {
      if (mask !== null) process.umask(mask);
    }
  });
  if (platform !== 'win32') await chmod(socket, 0o600);
}

/** Whoever does not show the token soon is cut off without a word. */
function greet(socket: Socket, { token, serve, helloMs = HELLO_MS }: ControlServerOptions): void {
  const reader = new FrameReader(MAX_HELLO_BYTES);
  const timer = setTimeout(() => socket.destroy(), helloMs);
  socket.once('close', () => clearTimeout(timer));
  const hear = (piece: Uint8Array): void => {
    reader.push(piece);
    const hello = nextOrCutOff(reader, socket);
    if (hello === null) return;
    socket.off('data', hear);
    clearTimeout(timer);
    if (!isSameToken(hello, token)) {
      socket.destroy();
      return;
    }
    socket.write(framed(READY));
    serve(socketChannel(socket, reader));
  };
  socket.on('data', hear);
}

function nextOrCutOff(reader: FrameReader, socket: Socket): Uint8Array | null {
  try {
    return reader.next();
  } catch {
    // Longer than any token.
    socket.destroy();
    return null;
  }
}

async function shut(
  server: Server,
  sockets: ReadonlySet<Socket>,
  { socket, tokenFile, socketDir }: ControlPlace,
  platform: NodeJS.Platform,
): Promise<void> {
  for (const open of sockets) open.destroy();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  await rm(tokenFile, { force: true });
  if (platform !== 'win32') await rm(socket, { force: true });
  if (socketDir !== null) await rm(socketDir, { recursive: true, force: true });
}
