/** Which links may leave the app for the person's own browser: https, and a host from this list. */

const ALLOWED_HOSTS: ReadonlySet<string> = new Set([
  // The chart library's licence asks for a link to its makers.
  'www.tradingview.com',
]);

export function isAllowedExternalLink(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') return false;
  // A name or a port in front of an allowed host makes another address look like it.
  return url.username === '' && url.password === '' && ALLOWED_HOSTS.has(url.host);
}
