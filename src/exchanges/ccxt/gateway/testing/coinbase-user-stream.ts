/** Coinbase's user channel on loopback: who signs on as Coinbase wants it is told what a test says, nobody else. */

import { createPublicKey, verify } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { fieldOf, textOf } from '../implicit-call.ts';

export interface CoinbaseUserStream {
  /** `ws://HOST:PORT`. */
  readonly url: string;
  /** Why the last signing-on was refused, for a test that expected none. */
  readonly refusal: () => string | null;
  readonly tell: (orders: readonly unknown[]) => void;
  /** Ends every connection without a goodbye. */
  readonly drop: () => void;
  readonly count: () => number;
}

export interface CoinbaseKey {
  readonly apiKey: string;
  /** PEM, with its line ends written out. */
  readonly secret: string;
}

/** How long a signature may be good for, s. */
const LIFETIME_S = 120;

export async function startCoinbaseUserStream(key: CoinbaseKey): Promise<CoinbaseUserStream> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/coinbase' });
  const users = new Set<WebSocket>();
  let refusal: string | null = null;

  const send = (socket: WebSocket, channel: string, events: readonly unknown[]): void =>
    socket.send(JSON.stringify({ channel, client_id: '', sequence_num: 0, events }));

  const receive = (socket: WebSocket, message: unknown): void => {
    const channel = textOf(message, 'channel');
    refusal = refusalOf(textOf(message, 'jwt'), key);
    if (refusal !== null) {
      socket.send(JSON.stringify({ type: 'error', message: 'authentication failure' }));
      return;
    }
    if (channel === 'user') {
      users.add(socket);
      send(socket, 'subscriptions', [{ subscriptions: { user: ['a-user'] } }]);
      send(socket, 'user', [{ type: 'snapshot', orders: [order('OPEN')] }]);
    } else if (channel === 'heartbeats') {
      send(socket, 'subscriptions', [
        { subscriptions: { heartbeats: ['heartbeats'], user: ['a-user'] } },
      ]);
      send(socket, 'heartbeats', [{ current_time: '', heartbeat_counter: 1 }]);
    }
  };

  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) receive(socket, JSON.parse(data.toString()));
    });
    socket.on('close', () => users.delete(socket));
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const drop = (): void => {
    for (const socket of server.clients) socket.terminate();
  };
  onTestFinished(() => {
    drop();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${addressOf(server).port}`,
    refusal: () => refusal,
    tell: (orders) => {
      for (const socket of users) send(socket, 'user', [{ type: 'update', orders }]);
    },
    drop,
    count: () => users.size,
  };
}

function addressOf(server: WebSocketServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address;
}

/** As the user channel tells of an order. */
export function order(status: string, change: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    order_id: 'cb-1',
    client_order_id: 'l1-1',
    cumulative_quantity: '0',
    leaves_quantity: '0.0005',
    avg_price: '0',
    total_fees: '0',
    status,
    product_id: 'BTC-USD',
    creation_time: '2026-01-15T12:00:00Z',
    order_side: 'BUY',
    order_type: 'Limit',
    ...change,
  };
}

/** A token of ES256, by this key, for Coinbase, good for two minutes, and for no address: that is how streams sign on. */
function refusalOf(token: string, { apiKey, secret }: CoinbaseKey): string | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  if (signature === '') return 'It is no token.';
  const signed = Buffer.from(`${head}.${body}`);
  const publicKey = createPublicKey(secret.replaceAll('\\n', '\n'));
  const check = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, check, Buffer.from(signature, 'base64url'))) {
    return 'The signature is not by this key.';
  }
  const [header, claims] = [decoded(head), decoded(body)];
  if (textOf(header, 'alg') !== 'ES256' || textOf(header, 'kid') !== apiKey) {
    return 'The header is not of this key.';
  }
  if (textOf(claims, 'sub') !== apiKey || textOf(claims, 'iss') !== 'coinbase-cloud') {
    return 'It is not for this key.';
  }
  if (fieldOf(claims, 'uri') !== undefined) return 'It is for a request.';
  const lifetime = Number(fieldOf(claims, 'exp')) - Number(fieldOf(claims, 'nbf'));
  return lifetime > 0 && lifetime <= LIFETIME_S ? null : 'It is good for too long.';
}

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
