/** One connection to an account's stream, through ccxt.pro: each object of it is used once. */

import { AuthenticationError, type Exchange } from 'ccxt';
import { endSockets } from '../../end-sockets.ts';
import type { ExchangeSettings } from '../../venues.ts';
import type { Credentials } from '../credentials.ts';
import type { Heard, PrivateVenue, SigningExchange } from './private-venues.ts';

export interface PrivateEar {
  /** Any message at all: the connection is alive. */
  readonly heard: (heard: Heard) => void;
  /** @param isRefused - The key may not have the stream: it is not asked for again soon. */
  readonly ended: (isRefused: boolean) => void;
}

export interface PrivateConnection {
  readonly ping: () => void;
  readonly hangUp: () => void;
}

export interface PrivateConnectionParts {
  readonly venue: PrivateVenue;
  readonly credentials: Credentials;
  /** `ws://HOST:PORT` of a simulator in place of the exchange. */
  readonly server: string | undefined;
  /** The one that orders are sent by: its clock, and where a key signs in order, its turn. */
  readonly rest: Exchange;
  /** Once that has been made ready. */
  readonly ready: () => Promise<void>;
}

/** The stream's object never asks by itself. */
const SILENT: ExchangeSettings = {
  timeout: 5_000,
  enableRateLimit: false,
  fetchImplementation: () => Promise.reject(new Error('Streams send no requests.')),
};

const SUBSCRIBING = 'private';

/** Begins at once. */
export function openPrivateConnection(
  parts: PrivateConnectionParts,
  ear: PrivateEar,
): PrivateConnection {
  const { venue, server } = parts;
  const url = server === undefined ? venue.url : `${server}${venue.path}`;
  let exchange: SigningExchange | null = null;
  let isOver = false;

  const hasEnded = (): boolean => isOver;

  const hangUp = (): void => {
    isOver = true;
    if (exchange !== null) endSockets(exchange);
  };

  const end = (isRefused: boolean): void => {
    if (isOver) return;
    hangUp();
    ear.ended(isRefused);
  };

  const open = async (): Promise<void> => {
    await parts.ready();
    if (isOver) return;
    const opened = venue.open({ ...SILENT, ...parts.credentials });
    exchange = opened;
    // One clock for what is signed; what ccxt cannot parse it would write to the console.
    opened.milliseconds = () => parts.rest.milliseconds();
    opened.log = () => undefined;
    // ccxt wants this before it connects without TLS.
    if (url.startsWith('ws:')) await opened.loadHttpProxyAgent();
    const read = venue.reader();
    opened.handleMessage = (_client: unknown, message: unknown) => {
      if (!hasEnded()) ear.heard(read(message));
    };
    const messages: readonly unknown[] = await venue.subscribe(opened, parts.rest);
    const [first, ...others] = messages;
    if (hasEnded()) return;
    const watched = Promise.resolve<unknown>(opened.watch(url, SUBSCRIBING, first, SUBSCRIBING));
    for (const message of others) {
      void opened
        .client(url)
        .connected.then(() => send(message))
        .catch(() => undefined);
    }
    // It is never answered, and fails at the end of the connection.
    await watched;
  };

  const send = (message: unknown): void => {
    if (exchange === null || isOver) return;
    exchange
      .client(url)
      .send(message)
      .catch(() => end(false));
  };

  void open().catch((error: unknown) => end(error instanceof AuthenticationError));
  return { hangUp, ping: () => (venue.ping === null ? undefined : send(venue.ping)) };
}
