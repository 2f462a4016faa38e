/** The session token that `piggy serve` prints with its address, in the part of it that never leaves the browser. */

/** What is used of the page's `window`. */
export interface TokenPage {
  readonly location: { readonly host: string; readonly hash: string; readonly pathname: string };
  readonly history: { replaceState(state: null, unused: string, url: string): void };
  readonly sessionStorage: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
  };
}

const STORAGE_KEY = 'cryptopiggy.session-token';

/**
 * Moves the token out of the address, where shoulders and screenshots see it, into this tab's own storage, where it
 * survives a reload. Empty where there is none: the app will refuse it and say so.
 */
export function takeSessionToken(page: TokenPage): string {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (token === null) return page.sessionStorage.getItem(STORAGE_KEY) ?? '';
  page.sessionStorage.setItem(STORAGE_KEY, token);
  page.history.replaceState(null, '', page.location.pathname);
  return token;
}
