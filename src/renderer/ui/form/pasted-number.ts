/** What is pasted into a field for a figure: taken as it stands, or not at all. */

import type { ClipboardEvent } from 'react';
import { notifyFailed } from '../notify.ts';

/** Digits, with a point, and with commas only where they separate thousands. */
const FIGURE = /^\s*[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?\s*$/;

/** Whether a field would read it as the person means it: of `1,5` it would make 15, of `1e3` 13. */
export function isFigure(text: string): boolean {
  return /\d/.test(text) && FIGURE.test(text);
}

/** For the `onPaste` of a field. */
export function refuseWhatIsNoFigure(event: ClipboardEvent<HTMLInputElement>): void {
  const text = event.clipboardData.getData('text');
  if (isFigure(text)) return;
  event.preventDefault();
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  notifyFailed('Not pasted', `"${shown}" is no plain figure. Write it as in 1234.5.`);
}
