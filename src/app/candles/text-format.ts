/** Tells from the first bytes of a file what it holds. */

export type TextFormat =
  | {
      readonly kind: 'csv' | 'json';
      /** Bytes of a byte order mark to leave out. */ readonly skip: number;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** So many bytes are looked at; fewer only if the file has fewer. */
export const HEAD_BYTES = 512;

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return bytes.length >= mark.length && mark.every((byte, index) => bytes[index] === byte);
}

/** RFC 1952: every gzip file begins so. */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, [0x1f, 0x8b]);
}

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;

export function textFormat(head: Uint8Array): TextFormat {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    return unknown('this is a zip archive; unpack it and take the file inside');
  }
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
    return unknown('the text is in UTF-16; save it as UTF-8');
  }
  if (head.some(isControl)) return unknown('this is not a text file; CSV or JSON was expected');
  const skip = startsWith(head, UTF8_MARK) ? UTF8_MARK.length : 0;
  const first = head.subarray(skip).find((byte) => !isWhitespace(byte));
  if (first === undefined)
    return head.length < HEAD_BYTES ? { kind: 'empty' } : { kind: 'csv', skip };
  if (first === 0x7b) {
    return unknown(
      'this is a JSON object; an array of rows [[timestamp, open, high, low, close, volume], …] was expected',
    );
  }
  return { kind: first === 0x5b ? 'json' : 'csv', skip };
}

function unknown(reason: string): TextFormat {
  return { kind: 'unknown', reason };
}

function isWhitespace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && !isWhitespace(byte)) || byte === 0x7f;
}
