/** Picks the way to the app: Electron's bridge where the preload script put one, otherwise the browser shell. */

import { BRIDGE_KEY, type ElectronBridge } from '../../contract/rpc/electron-bridge.ts';
import { CONTRACT_PATH, offeredProtocols } from '../../contract/rpc/websocket-protocol.ts';
import { ok } from '../../core/domain/result.ts';
import type { Dial } from './dial.ts';
import { openElectronChannel } from './electron-channel.ts';
import { takeSessionToken, type TokenPage } from './session-token.ts';
import { openWebSocketChannel, type BrowserSocket } from './websocket-channel.ts';

/** What is used of the page's `window`. */
export interface Page extends TokenPage {
  readonly [BRIDGE_KEY]?: ElectronBridge;
}

export type OpenSocket = (url: string, protocols: string[]) => BrowserSocket;

export function dialFrom(page: Page, openSocket: OpenSocket): Dial {
  const bridge = page[BRIDGE_KEY];
  if (bridge !== undefined) return () => Promise.resolve(ok(openElectronChannel(bridge)));
  const token = takeSessionToken(page);
  const url = `ws://${page.location.host}${CONTRACT_PATH}`;
  return () => openWebSocketChannel(openSocket(url, [...offeredProtocols(token)]));
}
