/** The nonce that the server wrote into the page: the only way a script may add styles under the page's policy. */

import { setNonce } from 'get-nonce';

/** Reads the nonce, and hands it to the scroll lock behind dialogs, which adds a style of its own. */
export function readStyleNonce(page: Document): string {
  const nonce = page.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  if (nonce !== '') setNonce(nonce);
  return nonce;
}
