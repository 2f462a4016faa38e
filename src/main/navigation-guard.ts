/** Keeps every page where it is: no navigation away from the app, no new windows, no embedded pages. */

import { isAppUrl } from './app-url.ts';
import { isAllowedExternalLink } from './external-links.ts';

export interface Preventable {
  preventDefault(): void;
}

/** What is used of Electron's `WebContents`. */
export interface GuardedContents {
  on(event: 'will-navigate' | 'will-redirect', listener: NavigationListener): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
}

export type NavigationListener = (event: Preventable & { readonly url: string }) => void;

/** @param openExternal - Opens an allowed link in the person's own browser. */
export function guardNavigation(
  contents: GuardedContents,
  openExternal: (url: string) => void,
): void {
  const stay: NavigationListener = (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedExternalLink(url)) openExternal(url);
    return { action: 'deny' };
  });
}
