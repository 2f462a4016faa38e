/** Frames on a stream of bytes: four bytes of length, big-endian, then so many bytes. */

const HEADER_BYTES = 4;

export function framed(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length);
  frame.set(bytes, HEADER_BYTES);
  return frame;
}

/** Puts frames together from whatever pieces the stream comes in. */
export class FrameReader {
  #pending: Uint8Array = new Uint8Array(0);
  /** Bytes that a frame may have; can be raised once a peer is trusted. */
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @returns the next whole frame in a buffer of its own, or `null`. @throws RangeError for one over the limit */
  next(): Uint8Array | null {
    if (this.#pending.length < HEADER_BYTES) return null;
    const { buffer, byteOffset } = this.#pending;
    const length = new DataView(buffer, byteOffset).getUint32(0);
    if (length > this.limit) throw new RangeError(`A frame of ${length} bytes is over the limit.`);
    const end = HEADER_BYTES + length;
    if (this.#pending.length < end) return null;
    const frame = this.#pending.slice(HEADER_BYTES, end);
    this.#pending = this.#pending.subarray(end);
    return frame;
  }

  push(piece: Uint8Array): void {
    const joined = new Uint8Array(this.#pending.length + piece.length);
    joined.set(this.#pending);
    joined.set(piece, this.#pending.length);
    this.#pending = joined;
  }
}
