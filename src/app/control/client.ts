/** Reaches the CryptoPiggy that runs over a data folder. */

import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Channel } from '../../contract/rpc/channel.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { framed, FrameReader } from './frames.ts';
import { controlPlace } from './place.ts';
import { READY } from './server.ts';
import { MAX_FRAME_BYTES, socketChannel } from './socket-channel.ts';

export type ControlFailure = Failure<'NOT_RUNNING' | 'CONTROL_REFUSED'>;

/** How long the other side may take to answer the token, ms. */
const ANSWER_MS = 3_000;

/** @param dataDir - Absolute. */
export async function connectControl(
  dataDir: string,
  platform: NodeJS.Platform,
): Promise<Result<Channel, ControlFailure>> {
  const { socket: path, tokenFile } = controlPlace(dataDir, platform, tmpdir());
  const token = await readFile(tokenFile).catch(() => null);
  if (token === null) return notRunning(dataDir);
  const socket = await connected(path);
  if (socket === null) return notRunning(dataDir);
  const reader = new FrameReader(MAX_FRAME_BYTES);
  socket.write(framed(token));
  const isReady = await answered(socket, reader);
  if (isReady) return ok(socketChannel(socket, reader));
  socket.destroy();
  return fail(
    'CONTROL_REFUSED',
    `The CryptoPiggy that runs with the data in ${dataDir} did not let this command in. Is it still starting, or just ending?`,
  );
}

function notRunning(dataDir: string): Result<never, ControlFailure> {
  return fail(
    'NOT_RUNNING',
    `No CryptoPiggy is running with the data in ${dataDir}. Start it, or name another folder with --data-dir.`,
  );
}

function connected(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.on('error', () => {
      socket.destroy();
      resolve(null);
    });
  });
}

function answered(socket: Socket, reader: FrameReader): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isReady: boolean): void => {
      clearTimeout(timer);
      socket.off('data', hear);
      socket.off('close', closed);
      resolve(isReady);
    };
    const closed = (): void => finish(false);
    const hear = (piece: Uint8Array): void => {
      reader.push(piece);
      try {
        const frame = reader.next();
        if (frame !== null) finish(Buffer.compare(frame, READY) === 0);
      } catch {
        // A frame over the limit: whoever listens there is no CryptoPiggy.
        finish(false);
      }
    };
    const timer = setTimeout(closed, ANSWER_MS);
    socket.on('data', hear);
    socket.once('close', closed);
  });
}
