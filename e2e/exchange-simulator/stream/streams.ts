/** The WebSocket side: who is connected, what they subscribed to, and what they are sent. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { z } from 'zod';
import type { ExchangeEvent, MoveEvent, UserEvent } from '../events.ts';
import type { Exchange } from '../exchange.ts';
import type { Faults, StreamFault } from '../faults.ts';
import { assertNever } from '../assert-never.ts';
import { createBookChanges } from './book-changes.ts';
import { createDelivery } from './delivery.ts';
import type { ListenKeys } from './listen-keys.ts';
import { marketPayload, parseStreamName } from './market-payloads.ts';
import { userPayload } from './user-payloads.ts';
import { answerApiRequest } from './websocket-api.ts';

export interface StreamParts {
  readonly exchange: Exchange;
  readonly faults: Faults;
  readonly listenKeys: ListenKeys;
}

export interface Streams {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly meet: (fault: StreamFault) => void;
  readonly count: () => number;
  readonly close: () => void;
}

interface Client {
  readonly socket: WebSocket;
  /** `/ws` sends bare events, `/stream` names the stream, the API numbers the subscription. */
  readonly kind: 'bare' | 'combined' | 'api';
  /** Names of market streams, and listen keys. */
  readonly streams: Set<string>;
  isApiSubscribed: boolean;
}

const PING_MS = 20_000;

export function createStreams({ exchange, faults, listenKeys }: StreamParts): Streams {
  const server = new WebSocketServer({ noServer: true });
  const clients = new Set<Client>();
  const bookChanges = createBookChanges(exchange);

  const subscribe = (client: Client, names: readonly string[]): void => {
    for (const name of names) {
      client.streams.add(name);
      const parsed = parseStreamName(name);
      const market = parsed && exchange.market(parsed.symbol);
      if (market && parsed.channel === 'depth') bookChanges.watch(market);
    }
  };

  const sendUserEvent = (event: UserEvent): void => {
    if (!faults.areStreamsSilent()) sendToUsers(userPayload(event));
  };

  const sendToUsers = (payload: unknown): void => {
    for (const client of clients) {
      if (client.isApiSubscribed) send(client, { subscriptionId: 0, event: payload });
      for (const name of client.streams) {
        if (listenKeys.isOpen(name)) sendStream(client, name, payload);
      }
    }
  };

  const sendMove = ({ symbol, trade }: MoveEvent): void => {
    const market = exchange.market(symbol);
    if (market === undefined) return;
    // Also while nobody listens: the next listener's changes begin where the book is then.
    const changes = bookChanges.next(market);
    for (const client of clients) {
      for (const name of client.streams) {
        const parsed = parseStreamName(name);
        if (parsed?.symbol !== symbol) continue;
        const payload =
          parsed.channel === 'depth'
            ? changes
            : marketPayload(exchange, market, parsed.channel, trade);
        if (payload !== undefined) sendStream(client, name, payload);
      }
    }
  };

  const deliver = createDelivery(faults, sendUserEvent);
  const unsubscribe = exchange.subscribe((event: ExchangeEvent) => {
    if (event.kind === 'move') sendMove(event);
    else deliver(event);
  });

  const receive = (client: Client, data: RawData): void => {
    const message = parseJson(data);
    if (client.kind === 'api') {
      exchange.catchUp();
      const { answer, isSubscribed } = answerApiRequest(
        message,
        exchange.now() + faults.skewMs(),
        faults.areStreamsRefused(),
      );
      client.isApiSubscribed = isSubscribed ?? client.isApiSubscribed;
      send(client, answer);
      return;
    }
    send(client, answerSubscription(client, message, subscribe));
  };

  const pings = setInterval(() => {
    for (const { socket } of clients) socket.ping();
  }, PING_MS).unref();

  return {
    upgrade: (request, socket, head) => {
      const kind = faults.isUnderMaintenance() ? undefined : kindOf(request.url ?? '/');
      if (kind === undefined) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        const client: Client = {
          socket: opened,
          kind,
          streams: new Set(),
          isApiSubscribed: false,
        };
        clients.add(client);
        subscribe(client, streamsIn(request.url ?? '/'));
        opened.on('message', (data) => receive(client, data));
        opened.on('close', () => clients.delete(client));
        opened.on('error', () => opened.terminate());
      });
    },
    meet: (fault) => {
      switch (fault) {
        case 'dropped-sockets':
          for (const { socket } of clients) socket.terminate();
          return;
        case 'ended-streams':
          sendToUsers({ e: 'eventStreamTerminated', E: exchange.now() });
          for (const client of clients) client.isApiSubscribed = false;
          return;
        case 'shutdown-notice':
          for (const client of clients) {
            send(client, { event: { e: 'serverShutdown', E: exchange.now() } });
          }
          return;
        default:
          assertNever(fault);
      }
    },
    count: () => clients.size,
    close: () => {
      clearInterval(pings);
      unsubscribe();
      for (const { socket } of clients) socket.terminate();
      server.close();
    },
  };
}

function kindOf(url: string): Client['kind'] | undefined {
  const { pathname } = new URL(url, 'ws://simulator');
  if (pathname === '/ws-api/v3') return 'api';
  if (pathname === '/stream') return 'combined';
  return pathname === '/ws' || pathname.startsWith('/ws/') ? 'bare' : undefined;
}

/** Streams that the address names: `/ws/btcusdt@trade/KEY` or `/stream?streams=btcusdt@trade/KEY`. */
function streamsIn(url: string): readonly string[] {
  const { pathname, searchParams } = new URL(url, 'ws://simulator');
  const inPath = pathname.startsWith('/ws/') ? pathname.slice('/ws/'.length).split('/') : [];
  return [...inPath, ...(searchParams.get('streams') ?? '').split('/')].filter(Boolean);
}

const subscriptionSchema = z.object({
  id: z.union([z.string(), z.int(), z.null()]).default(null),
  method: z.enum(['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS']),
  params: z.array(z.string()).default([]),
});

function answerSubscription(
  client: Client,
  message: unknown,
  subscribe: (client: Client, names: readonly string[]) => void,
): unknown {
  const parsed = subscriptionSchema.safeParse(message);
  if (!parsed.success) return { id: null, error: { code: 3, msg: 'Invalid JSON' } };
  const { id, method, params } = parsed.data;
  if (method === 'SUBSCRIBE') subscribe(client, params);
  if (method === 'UNSUBSCRIBE') for (const name of params) client.streams.delete(name);
  return { result: method === 'LIST_SUBSCRIPTIONS' ? [...client.streams] : null, id };
}

function sendStream(client: Client, stream: string, data: unknown): void {
  send(client, client.kind === 'combined' ? { stream, data } : data);
}

function send({ socket }: Client, message: unknown): void {
  socket.send(JSON.stringify(message));
}

function parseJson(data: RawData): unknown {
  try {
    return Buffer.isBuffer(data) ? JSON.parse(data.toString()) : undefined;
  } catch {
    return undefined;
  }
}
