/** The channel to the browser shell, over a WebSocket to the origin that served the page. */

import { createChannelEnd, type Channel, type ChannelEnd } from '../../contract/rpc/channel.ts';
import { decodeFrame, encodeFrame, MAX_WINDOW_FRAME_BYTES } from '../../contract/rpc/codec.ts';
import {
  CLOSE_BAD_FRAME,
  CLOSE_TOKEN_REFUSED,
  READY_FRAME,
} from '../../contract/rpc/websocket-protocol.ts';
import { fail, ok, type Result } from '../../core/domain/result.ts';
import type { DialFailure } from './dial.ts';

/** What is used of the browser's `WebSocket`. */
export interface BrowserSocket {
  binaryType: string;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
  send(frame: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

/** Resolves once the app has accepted the token, or with the reason why not. */
export function openWebSocketChannel(socket: BrowserSocket): Promise<Result<Channel, DialFailure>> {
  return new Promise((resolve) => {
    const end = createChannelEnd({
      send: (message) => socket.send(windowFrame(message)),
      close: () => socket.close(),
    });
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => {
      if (data === READY_FRAME) resolve(ok(end.channel));
      else receiveFrame(socket, end, data);
    });
    socket.addEventListener('close', ({ code }) => {
      // Of no effect once it was ready.
      resolve(closedBeforeReady(code));
      end.hangUp();
    });
  });
}

/** @throws RangeError here, where the call can still be answered: the app would hang up on it. */
function windowFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const frame = encodeFrame(message);
  if (frame.byteLength > MAX_WINDOW_FRAME_BYTES) {
    throw new RangeError('The message is too large for one frame.');
  }
  return frame;
}

function receiveFrame(socket: BrowserSocket, end: ChannelEnd, data: unknown): void {
  const message = decodeOrNull(data);
  if (message !== null) end.receive(message.value);
  else socket.close(CLOSE_BAD_FRAME);
}

function decodeOrNull(data: unknown): { readonly value: unknown } | null {
  if (!(data instanceof ArrayBuffer)) return null;
  try {
    return { value: decodeFrame(new Uint8Array(data)) };
  } catch {
    // The bytes are not a frame: the caller hangs up, which is all there is to do about them.
    return null;
  }
}

function closedBeforeReady(code: number): Result<never, DialFailure> {
  if (code === CLOSE_TOKEN_REFUSED) {
    return fail(
      'TOKEN_REFUSED',
      'This address has no valid session token. Open the address that "piggy serve" printed when it started.',
    );
  }
  return fail('UNREACHABLE', 'The app does not answer. Check that it is still running.');
}
