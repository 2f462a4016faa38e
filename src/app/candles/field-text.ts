/** Shows a piece of a file in a sentence: short, and without anything that is not printable. */

const utf8 = new TextDecoder('utf-8');
const SHOWN_BYTES = 24;

/** The text of `bytes[start..end)`, cut after 24 bytes, in quotation marks. */
export function quotedText(bytes: Uint8Array, start: number, end: number): string {
  const cut = end - start > SHOWN_BYTES;
  const text = utf8.decode(bytes.subarray(start, cut ? start + SHOWN_BYTES : end));
  const printable = text.replace(/[\p{C}\p{Zl}\p{Zp}"]/gu, '\uFFFD');
  return `"${printable}${cut ? '…' : ''}"`;
}

/** `2 bars`, `1 bar`, `14,520 bars`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}

/** `20`, `20 and 21`, `20, 21 and 40`. */
export function listed(parts: readonly (string | number)[]): string {
  const last = parts.at(-1);
  if (last === undefined) return '';
  return parts.length === 1 ? String(last) : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** `2023-03-01 00:00 UTC`; with seconds where there are some. */
export function shownTime(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  const seconds = text.slice(16, 23);
  const shown = seconds === ':00.000' ? '' : seconds.replace(/\.000$/, '');
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${shown} UTC`;
}
