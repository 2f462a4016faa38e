/** A contract channel over a local socket that both sides trust by now. */

import type { Socket } from 'node:net';
import { createChannelEnd, type Channel } from '../../contract/rpc/channel.ts';
import { decodeFrame, encodeFrame } from '../../contract/rpc/codec.ts';
import { framed, type FrameReader } from './frames.ts';

/** Larger than any status or report. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** @param reader what has read the socket so far; bytes that are not a frame end the connection */
export function socketChannel(socket: Socket, reader: FrameReader): Channel {
  reader.limit = MAX_FRAME_BYTES;
  const end = createChannelEnd({
    send: (message) => socket.write(framed(encodeFrame(message))),
    close: () => socket.end(),
  });
  const receive = (): void => {
    try {
      for (let frame = reader.next(); frame !== null; frame = reader.next()) {
        end.receive(decodeFrame(frame));
      }
    } catch {
      // Not our protocol: hanging up is all there is to do about it.
      socket.destroy();
    }
  };
  socket.on('data', (piece) => {
    reader.push(piece);
    receive();
  });
  socket.on('close', () => end.hangUp());
  // What came together with the handshake waits until somebody listens.
  queueMicrotask(receive);
  return end.channel;
}
