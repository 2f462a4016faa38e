/** MessagePack frames for transports that carry bytes: what structured clone would keep, these keep. */

import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

/** Bytes of the window's largest message beyond the upload chunk it carries: names, ids, one big form. */
const ENVELOPE_SLACK_BYTES = 64 * 1024;
const MIB = 1 << 20;

/** The largest frame the app accepts from a window: one upload chunk and its envelope. */
export const MAX_WINDOW_FRAME_BYTES = MIB + ENVELOPE_SLACK_BYTES;

const FLOAT64_COLUMN = 1;
const REFUSED = 2;

const extensions = new ExtensionCodec();
extensions.register({
  type: FLOAT64_COLUMN,
  encode: (value) =>
    value instanceof Float64Array
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : null,
  decode: float64FromBytes,
});
extensions.register({
  type: REFUSED,
  encode: refuseWhatWouldBeDistorted,
  decode: () => {
    throw new TypeError('A frame holds a value of an unknown kind.');
  },
});

/**
 * Numbers always travel as doubles: as integers, -0 would arrive as 0. Properties that are `undefined` are left out.
 * @throws when the value holds something no transport carries: a function, a class, a bigint, another typed array.
 */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  // A fresh encoder for each frame: a kept one would also keep the largest buffer it ever needed.
  return new Encoder({
    extensionCodec: extensions,
    ignoreUndefined: true,
    forceIntegerToFloat: true,
  }).encode(message);
}

/** @throws when the bytes are not exactly one value. */
export function decodeFrame(frame: Uint8Array): unknown {
  return decoderFor(frame.byteLength).decode(frame);
}

/** A frame of five bytes may announce an array of four billion: no length can exceed the bytes that are there. */
function decoderFor(bytes: number): Decoder {
  return new Decoder({
    extensionCodec: extensions,
    maxStrLength: bytes,
    maxBinLength: bytes,
    maxArrayLength: bytes,
    maxMapLength: bytes,
    maxExtLength: bytes,
  });
}

/** A copy, because a Float64Array must begin at a multiple of 8 bytes. Both sides are little-endian: one machine. */
function float64FromBytes(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

/** MessagePack would turn a Map into `{}` and an Int32Array into bytes, without a word. */
function refuseWhatWouldBeDistorted(value: unknown): null {
  if (Array.isArray(value) || value instanceof Uint8Array || isPlainObject(value)) return null;
  throw new TypeError(`A ${Object.prototype.toString.call(value)} cannot be sent in a frame.`);
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
