/** The address of our own page inside Electron. */

export const APP_SCHEME = 'app';
const APP_HOST = 'cryptopiggy';

/** What the window opens. */
export const APP_PAGE_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** What the small window opens: the same page, which draws less. */
export const COMPACT_PAGE_URL = `${APP_PAGE_URL}#compact`;

/** Scheme and host, both exactly: `app://cryptopiggy.example/` is not ours. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}
