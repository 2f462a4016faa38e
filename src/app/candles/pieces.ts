/** Joins what a chunk of a file left unfinished with the beginning of the next. */

/** The longest line or entry; a candle's is some hundred bytes, even with many columns. */
export const LONGEST_ROW_BYTES = 65_536;

export const EMPTY = new Uint8Array(0);

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Reads a text that comes in chunks of any size; what it finds does not depend on where they are cut. */
export interface TextScanner {
  push(bytes: Uint8Array): void;
  /** To be called after the last chunk, unless the findings are stopped. */
  end(): void;
}
