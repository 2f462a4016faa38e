/** Hands a file to the person: the browser asks where to, or puts it where it always does. */

import type { ExportedFile } from '../../contract/backtest.ts';

export function download({ fileName, mimeType, bytes }: ExportedFile): void {
  // A copy, because a blob takes no array over memory that could be shared.
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has taken its own hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
