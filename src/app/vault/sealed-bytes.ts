/** The encrypted file's bytes: AES-256-GCM over a header that says which version wrote them, and with which salt. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Header, 40 bytes: magic `PIGGYKEY`, version u32 little-endian, salt of the passphrase 16, nonce 12. Then the
 * ciphertext, the tag of 16 bytes over header and ciphertext, and the CRC-32 of all before it, u32. The checksum stays
 * the last four bytes in every version: it tells damage from a wrong passphrase, and proves nothing else.
 */
const MAGIC = 'PIGGYKEY';
const VERSION = 1;
const SALT_AT = 12;
const NONCE_AT = 28;
const HEADER_BYTES = 40;
const TAG_BYTES = 16;
const CHECKSUM_BYTES = 4;

export const SALT_BYTES = NONCE_AT - SALT_AT;
export const NONCE_BYTES = HEADER_BYTES - NONCE_AT;

/** What a file looks like before anybody has tried to decrypt it. */
export type Look = 'sealed' | 'newer' | 'damaged';

export function lookAt(file: Buffer): Look {
  if (file.length < MAGIC.length + 4 + CHECKSUM_BYTES) return 'damaged';
  const end = file.length - CHECKSUM_BYTES;
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'damaged';
  if (crc32(file.subarray(0, end)) !== file.readUInt32LE(end)) return 'damaged';
  if (file.readUInt32LE(MAGIC.length) !== VERSION) return 'newer';
  return end < HEADER_BYTES + TAG_BYTES ? 'damaged' : 'sealed';
}

/** Of a file that looks sealed. */
export const saltOf = (file: Buffer): Buffer => file.subarray(SALT_AT, NONCE_AT);

/**
 * @param key - 32 bytes
 * @param nonce - 12 bytes that were never used with this key
 */
export function seal(
  text: string,
  { key, salt, nonce }: { key: Uint8Array; salt: Uint8Array; nonce: Uint8Array },
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, 'latin1');
  header.writeUInt32LE(VERSION, MAGIC.length);
  header.set(salt, SALT_AT);
  header.set(nonce, NONCE_AT);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header);
  const sealed = [header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(Buffer.concat(sealed)));
  return Buffer.concat([...sealed, checksum]);
}

/** The text of a file that looks sealed, or null where the key is another one or the bytes were tampered with. */
export function unseal(file: Buffer, key: Uint8Array): string | null {
  const end = file.length - CHECKSUM_BYTES - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(NONCE_AT, HEADER_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(file.subarray(0, HEADER_BYTES));
  decipher.setAuthTag(file.subarray(end, end + TAG_BYTES));
  const text = decipher.update(file.subarray(HEADER_BYTES, end));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
