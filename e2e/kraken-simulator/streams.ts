/** The private streams: who is connected with which token, what they subscribed to, and what they are told. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { z } from 'zod';
import type { ExchangeEvent } from '../exchange-simulator/events.ts';
import type { Exchange } from '../exchange-simulator/exchange.ts';
import {
  balanceRow,
  executionRows,
  number,
  openRow,
  tradeRow,
  type LedgerEntry,
  type ViewParts,
} from './execution-views.ts';
import type { KrakenFaults } from './faults.ts';
import type { StreamTokens } from './stream-tokens.ts';

export interface StreamParts extends ViewParts {
  readonly exchange: Exchange;
  readonly faults: Pick<KrakenFaults, 'areStreamsSilent' | 'areStreamsRefused' | 'mode'>;
  readonly tokens: StreamTokens;
}

export interface KrakenStreams {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Ends every stream without a goodbye. */
  readonly drop: () => void;
  readonly count: () => number;
  readonly close: () => void;
}

type Channel = 'executions' | 'balances';

interface Client {
  readonly socket: WebSocket;
  /** By channel, the number of the last message. */
  readonly sequences: Map<Channel, number>;
}

const HEARTBEAT_MS = 1_000;
const SNAPSHOT_TRADES = 50;

const askedSchema = z.object({ method: z.string(), req_id: z.int().optional() });

const subscriptionSchema = z.object({
  params: z.object({
    channel: z.enum(['executions', 'balances']),
    token: z.string(),
    snap_orders: z.boolean().default(false),
    snap_trades: z.boolean().default(false),
    snapshot: z.boolean().default(true),
  }),
});

type Subscription = z.output<typeof subscriptionSchema>['params'];

export function createKrakenStreams(parts: StreamParts): KrakenStreams {
  const { exchange, faults, tokens } = parts;
  const server = new WebSocketServer({ noServer: true });
  const clients = new Set<Client>();

  const tell = (client: Client, channel: Channel, type: string, data: readonly unknown[]): void => {
    const sequence = (client.sequences.get(channel) ?? 0) + 1;
    client.sequences.set(channel, sequence);
    send(client, { channel, type, data, sequence });
  };

  const tellAll = (channel: Channel, rows: readonly unknown[]): void => {
    if (faults.areStreamsSilent()) return;
    for (const client of clients) {
      if (!client.sequences.has(channel)) continue;
      for (const each of rows) tell(client, channel, 'update', [each]);
    }
  };

  const deliver = (event: ExchangeEvent): void => {
    if (event.kind === 'execution') tellAll('executions', executionRows(event, parts));
    const entries = ledger(event, parts);
    if (entries.length > 0) tellAll('balances', entries.map(balanceRow));
  };
  // An order is placed before its ticket is written: what is told of it has to wait for that.
  const unsubscribe = exchange.subscribe((event) => queueMicrotask(() => deliver(event)));

  const snapshot = (client: Client, asked: Subscription): void => {
    if (asked.channel === 'balances') {
      client.sequences.set('balances', 0);
      if (!asked.snapshot) return;
      const rows = exchange.account.balances().map(({ asset, free, locked }) => ({
        asset,
        asset_class: 'currency',
        balance: number(free + locked),
        wallets: [{ type: 'spot', id: 'main', balance: number(free + locked) }],
      }));
      return tell(client, 'balances', 'snapshot', rows);
    }
    client.sequences.set('executions', 0);
    const open = asked.snap_orders ? exchange.store.open() : [];
    const fills = asked.snap_trades ? exchange.store.fills().slice(-SNAPSHOT_TRADES) : [];
    const traded = fills.flatMap((fill) => {
      const order = exchange.store.byId(fill.orderId);
      return order === undefined ? [] : [tradeRow(order, fill, parts)];
    });
    tell(client, 'executions', 'snapshot', [
      ...open.map((order) => openRow(order, parts)),
      ...traded,
    ]);
  };

  const subscribe = (client: Client, message: unknown): void => {
    const parsed = subscriptionSchema.safeParse(message);
    const asked = parsed.success ? parsed.data.params : null;
    const error =
      asked === null
        ? 'EGeneral:Invalid arguments'
        : faults.areStreamsRefused()
          ? 'EGeneral:Permission denied'
          : tokens.isGood(asked.token)
            ? null
            : 'ESession:Invalid session';
    if (asked === null || error !== null) {
      return send(client, { error, method: 'subscribe', success: false, ...times(exchange) });
    }
    const { channel } = asked;
    const told = { channel, snapshot: asked.snapshot || asked.snap_orders };
    send(client, { method: 'subscribe', result: told, success: true, ...times(exchange) });
    snapshot(client, asked);
  };

  const receive = (client: Client, data: RawData): void => {
    exchange.catchUp();
    const message = parseJson(data);
    const asked = askedSchema.safeParse(message);
    if (!asked.success) return send(client, { error: 'Malformed request', success: false });
    const { method } = asked.data;
    if (method === 'ping') return send(client, { method: 'pong', ...times(exchange) });
    if (method === 'subscribe') return subscribe(client, message);
    send(client, { error: 'Unsupported method', method, success: false });
  };

  const heartbeats = setInterval(() => {
    for (const client of clients) {
      if (client.sequences.size > 0) send(client, { channel: 'heartbeat' });
    }
  }, HEARTBEAT_MS).unref();

  return {
    upgrade: (request, socket, head) => {
      if (request.url !== '/v2' || faults.mode() === 'maintenance') {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        const client: Client = { socket: opened, sequences: new Map() };
        clients.add(client);
        opened.on('message', (data) => receive(client, data));
        opened.on('close', () => clients.delete(client));
        opened.on('error', () => opened.terminate());
        const state = { api_version: 'v2', system: faults.mode(), version: '2.0.10' };
        send(client, { channel: 'status', type: 'update', data: [state] });
      });
    },
    drop: () => {
      for (const { socket } of clients) socket.terminate();
    },
    count: () => clients.size,
    close: () => {
      clearInterval(heartbeats);
      unsubscribe();
      for (const { socket } of clients) socket.terminate();
      server.close();
    },
  };
}

/** What has come into the account or gone out of it: an order that only rests changes no balance here. */
function ledger(event: ExchangeEvent, { exchange, pairOf }: StreamParts): readonly LedgerEntry[] {
  const entry = (type: LedgerEntry['type'], asset: string, amount: bigint, time: number) => {
    const { free, locked } = exchange.account.balance(asset);
    return { type, asset, amount, balance: free + locked, time };
  };
  if (event.kind === 'transfer') {
    const { asset, by, time } = event;
    return [entry(by < 0n ? 'withdrawal' : 'deposit', asset, by, time)];
  }
  if (event.kind !== 'execution' || event.fill === undefined) return [];
  const { side, quantity, quote, symbol, time } = event.fill;
  const { rules } = pairOf(symbol);
  const sign = side === 'BUY' ? 1n : -1n;
  return [
    entry('trade', rules.base, sign * quantity, time),
    entry('trade', rules.quote, -sign * quote, time),
  ];
}

function times({ now }: Exchange): Readonly<Record<string, string>> {
  const time = new Date(now()).toISOString();
  return { time_in: time, time_out: time };
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
