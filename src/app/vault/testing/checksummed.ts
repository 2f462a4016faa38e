/** Gives a changed file of secrets the checksum it would have if it had been written so. */

import { crc32 } from 'node:zlib';

export function checksummed(file: Buffer): Buffer {
  const end = file.length - 4;
  file.writeUInt32LE(crc32(file.subarray(0, end)), end);
  return file;
}
