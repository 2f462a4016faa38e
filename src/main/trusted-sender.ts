/** Whether an IPC message comes from our own page, in the main frame of our own window. */

import { isAppUrl } from './app-url.ts';

/** What is used of Electron's `IpcMainEvent`. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** `null` once the frame has gone elsewhere. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** @param isOurWindow - Whether this webContents id belongs to a window that the app opened itself. */
export function isTrustedSender(
  event: SenderEvent,
  isOurWindow: (webContentsId: number) => boolean,
): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  return isOurWindow(event.sender.id) && isAppUrl(frame.url);
}
