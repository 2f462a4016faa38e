import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksummed } from './testing/checksummed.ts';
import { lookAt, NONCE_BYTES, SALT_BYTES, saltOf, seal, unseal } from './sealed-bytes.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const material = fc.record({ key: bytes(32), salt: bytes(SALT_BYTES), nonce: bytes(NONCE_BYTES) });
const text = fc.string({ unit: 'grapheme', maxLength: 200 });

it('gives back any text under its key, and shows the salt', () => {
  fc.assert(
    fc.property(text, material, (plain, made) => {
      const file = seal(plain, made);
      expect(lookAt(file)).toBe('sealed');
      expect(Uint8Array.from(saltOf(file))).toEqual(made.salt);
      expect(unseal(file, made.key)).toBe(plain);
    }),
  );
});

it('gives nothing under another key', () => {
  fc.assert(
    fc.property(text, material, bytes(32), (plain, made, other) => {
      fc.pre(!Buffer.from(other).equals(made.key));
      expect(unseal(seal(plain, made), other)).toBeNull();
    }),
  );
});

it('is damaged as soon as one byte of it differs, wherever that is', () => {
  const made = { key: randomBytes(32), salt: randomBytes(SALT_BYTES), nonce: randomBytes(12) };
  const file = seal('{"apiKey":"abcdefgh"}', made);
  for (let at = 0; at < file.length; at += 1) {
    for (const flipped of [1, 0x80, 0xff]) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ flipped, at);
      expect(lookAt(changed), `byte ${at}`).toBe('damaged');
    }
  }
});

it('is damaged when it is cut anywhere, or longer than it was', () => {
  const file = seal('{}', { key: randomBytes(32), salt: randomBytes(16), nonce: randomBytes(12) });
  for (let length = 0; length < file.length; length += 1) {
    expect(lookAt(file.subarray(0, length)), `${length} bytes`).toBe('damaged');
  }
  expect(lookAt(Buffer.concat([file, Buffer.of(0)]))).toBe('damaged');
});

it('gives nothing of bytes that somebody changed and gave a fresh checksum', () => {
  fc.assert(
    fc.property(
      text,
      material,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (plain, made, n, flip) => {
        const file = seal(plain, made);
        const at = n % (file.length - 4);
        file.writeUInt8(file.readUInt8(at) ^ flip, at);
        checksummed(file);
        if (lookAt(file) === 'sealed') expect(unseal(file, made.key)).toBeNull();
      },
    ),
  );
});

it('is of a newer version when it says so and is whole', () => {
  const file = seal('{}', { key: randomBytes(32), salt: randomBytes(16), nonce: randomBytes(12) });
  file.writeUInt32LE(2, 8);
  expect(lookAt(checksummed(file))).toBe('newer');
});
