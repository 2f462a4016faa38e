/** Where the control socket of a data folder is, and the secret that opens it. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';

/** Linux allows 107 bytes in a socket's path, macOS 103. */
const LONGEST_SOCKET_PATH = 103;

export interface ControlPlace {
  /** A Unix socket's path or a Windows pipe's name. */
  readonly socket: string;
  /** The file with the token, for the user alone. */
  readonly tokenFile: string;
  /** A folder that has to be made first, for the user alone; `null` where the socket is in the data folder. */
  readonly socketDir: string | null;
}

/**
 * @param dataDir - Absolute.
 * @param temporary - The system's folder for temporary files, for a data folder whose path is too long for a socket.
 */
export function controlPlace(
  dataDir: string,
  platform: NodeJS.Platform,
  temporary: string,
): ControlPlace {
  const tokenFile = join(dataDir, 'control-token');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  if (platform === 'win32') {
    return { socket: `\\\\.\\pipe\\cryptopiggy-${name}`, tokenFile, socketDir: null };
  }
  const beside = join(dataDir, 'control.sock');
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) {
    return { socket: beside, tokenFile, socketDir: null };
  }
  const socketDir = join(temporary, `cryptopiggy-${name}`);
  return { socket: join(socketDir, 'control.sock'), tokenFile, socketDir };
}

/** Takes as long for a wrong token as for the right one, whatever its length. */
export function isSameToken(given: Uint8Array, expected: Uint8Array): boolean {
  const hash = (token: Uint8Array): Buffer => createHash('sha256').update(token).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
