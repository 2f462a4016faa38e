/** The app's end of a window's WebSocket. */

import type { RawData, WebSocket } from 'ws';
import { createChannelEnd, type Channel } from '../../contract/rpc/channel.ts';
import { decodeFrame, encodeFrame } from '../../contract/rpc/codec.ts';
import { CLOSE_BAD_FRAME } from '../../contract/rpc/websocket-protocol.ts';

/** Bytes that are not one whole MessagePack value close the socket. */
export function acceptWebSocketChannel(socket: WebSocket): Channel {
  const end = createChannelEnd({
    send: (message) => socket.send(encodeFrame(message)),
    close: () => socket.close(),
  });
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? decodeOrNull(data) : null;
    if (message !== null) end.receive(message.value);
    else socket.close(CLOSE_BAD_FRAME);
  });
  socket.on('close', () => end.hangUp());
  return end.channel;
}

function decodeOrNull(data: RawData): { readonly value: unknown } | null {
  try {
    return { value: decodeFrame(bytesOf(data)) };
  } catch {
    // The bytes are not a frame: the caller hangs up, which is all there is to do about them.
    return null;
  }
}

/** A plain Uint8Array: slices of a Buffer would be Buffers, which structured clone never gives. */
function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
