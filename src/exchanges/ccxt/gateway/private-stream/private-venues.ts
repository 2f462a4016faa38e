/** How each exchange tells of an account's orders: where, how to sign on, and what its messages mean. */

import { pro, type Exchange } from 'ccxt';
import type { ExchangeSettings } from '../../venues.ts';
import { callImplicit, fieldOf, listOf, textOf } from '../implicit-call.ts';
import type { Credentials } from '../credentials.ts';

/** An order that something has happened to. */
export interface RungOrder {
  /** `null` where the message does not name it by an id of the client's. */
  readonly orderId: string | null;
  /** It was taken in, and nothing else: to whoever sent it that says nothing new. */
  readonly isNew: boolean;
}

export type Rung = RungOrder | 'account';

/** What a message means. `closing`: the exchange will end the connection soon. */
export type Heard =
  | { readonly kind: 'subscribed' | 'refused' | 'closing' | 'nothing' }
  | { readonly kind: 'rung'; readonly bells: readonly Rung[] };

export interface PrivateVenue {
  /** Where the key and its signature go, and nowhere else. */
  readonly url: string;
  /** The same at a simulator. */
  readonly path: string;
  readonly open: (settings: ExchangeSettings & Credentials) => SigningExchange;
  /** @returns what is sent to subscribe; @throws what ccxt throws */
  readonly subscribe: (exchange: SigningExchange, rest: Exchange) => Promise<readonly unknown[]>;
  /** Asked now and then, for an answer of any kind; `null` where the exchange speaks by itself. */
  readonly ping: unknown;
  /** One for each connection: some exchanges name an order once, and by their own id after that. */
  readonly reader: () => (message: unknown) => Heard;
}

/** What ccxt's streaming classes sign with, as far as each of them has it. */
export interface SigningExchange extends Exchange {
  signParams?: (params: object) => object;
  createWSAuth?: (name: string, productIds: string[]) => object;
}

const NOTHING: Heard = { kind: 'nothing' };
const SUBSCRIPTION = 'piggy-subscription';

const binanceVenue = (
  url: string,
  Pro: typeof pro.binance | typeof pro.binanceus,
): PrivateVenue => ({
  url,
  path: '/ws-api/v3',
  open: (settings) => new Pro({ ...settings, options: { recvWindow: 5_000 } }),
  subscribe: async (exchange, rest) => {
    // The exchange's clock, as it was compared when orders were sent.
    Object.assign(exchange.options, {
      timeDifference: Number(rest.options['timeDifference'] ?? 0),
    });
    const params = exchange.signParams?.({}) ?? {};
    return [{ id: SUBSCRIPTION, method: 'userDataStream.subscribe.signature', params }];
  },
  ping: { id: 'piggy-ping', method: 'ping' },
  reader: () => readBinance,
});

function readBinance(message: unknown): Heard {
  if (fieldOf(message, 'id') === SUBSCRIPTION) {
    return { kind: fieldOf(message, 'status') === 200 ? 'subscribed' : 'refused' };
  }
  const event = fieldOf(message, 'event');
  switch (fieldOf(event, 'e')) {
    case 'executionReport': {
      // A cancellation goes by an id of its own, and names the order's beside it.
      const orderId = textOf(event, 'C') || textOf(event, 'c') || null;
      return { kind: 'rung', bells: [{ orderId, isNew: textOf(event, 'x') === 'NEW' }] };
    }
    case 'balanceUpdate':
    case 'externalLockUpdate':
      return { kind: 'rung', bells: ['account'] };
    case 'eventStreamTerminated':
    case 'serverShutdown':
      return { kind: 'closing' };
    default:
      return NOTHING;
  }
}

const KRAKEN_NEW = ['pending_new', 'new'];

const KRAKEN: PrivateVenue = {
  url: 'wss://ws-auth.kraken.com/v2',
  path: '/v2',
  open: (settings) => new pro.kraken({ ...settings }),
  subscribe: async (_exchange, rest) => {
    // By the connection that sends the orders: Kraken wants the nonces of a key in order.
    const answer = await callImplicit(rest, 'privatePostGetWebSocketsToken', {});
    const token = textOf(fieldOf(answer, 'result'), 'token');
    const channel = (params: object): unknown => ({ method: 'subscribe', params });
    return [
      channel({ channel: 'executions', token, snap_orders: true, snap_trades: false }),
      channel({ channel: 'balances', token, snapshot: false }),
    ];
  },
  ping: { method: 'ping' },
  reader: krakenReader,
};

/** Kraken says an order's client id as long as it is new, and calls it by its own id after that. */
function krakenReader(): (message: unknown) => Heard {
  const clientIds = new Map<string, string>();

  const execution = (row: unknown): RungOrder => {
    const id = textOf(row, 'order_id');
    const named = textOf(row, 'cl_ord_id');
    if (named !== '') clientIds.set(id, named);
    const orderId = clientIds.get(id) ?? null;
    const kind = textOf(row, 'exec_type');
    if (kind === 'filled' || kind === 'canceled' || kind === 'expired') clientIds.delete(id);
    return { orderId, isNew: KRAKEN_NEW.includes(kind) };
  };

  return (message) => {
    const rows = listOf(message, 'data');
    switch (fieldOf(message, 'channel')) {
      case 'executions':
        // What the stream begins with is asked for anyway.
        if (fieldOf(message, 'type') === 'snapshot') {
          rows.forEach(execution);
          return NOTHING;
        }
        return { kind: 'rung', bells: rows.map(execution) };
      case 'balances': {
        const isOutside = rows.some((row) => textOf(row, 'type') !== 'trade');
        return isOutside ? { kind: 'rung', bells: ['account'] } : NOTHING;
      }
      default: {
        if (fieldOf(message, 'method') !== 'subscribe') return NOTHING;
        if (fieldOf(message, 'success') === false) return { kind: 'refused' };
        const about = fieldOf(fieldOf(message, 'result'), 'channel');
        return about === 'executions' ? { kind: 'subscribed' } : NOTHING;
      }
    }
  };
}

const COINBASE: PrivateVenue = {
  url: 'wss://advanced-trade-ws-user.coinbase.com',
  path: '/coinbase',
  open: ({ secret, ...settings }) =>
    // A PEM that was copied out of Coinbase's file has its line ends written out.
    new pro.coinbase({ ...settings, secret: secret.replaceAll('\\n', '\n') }),
  subscribe: async (exchange) => {
    const signed = (channel: string): unknown => ({
      type: 'subscribe',
      channel,
      product_ids: [],
      ...exchange.createWSAuth?.(channel, []),
    });
    // Without heartbeats a channel that has nothing to tell is closed.
    return [signed('user'), signed('heartbeats')];
  },
  ping: null,
  reader: () => readCoinbase,
};

function readCoinbase(message: unknown): Heard {
  if (fieldOf(message, 'type') === 'error') return { kind: 'refused' };
  const events = listOf(message, 'events');
  switch (fieldOf(message, 'channel')) {
    case 'subscriptions': {
      const isUser = events.some((event) => fieldOf(fieldOf(event, 'subscriptions'), 'user'));
      return isUser ? { kind: 'subscribed' } : NOTHING;
    }
    case 'user': {
      const updates = events.filter((event) => fieldOf(event, 'type') !== 'snapshot');
      const bells = updates
        .flatMap((event) => listOf(event, 'orders'))
        .map((order) => ({
          orderId: textOf(order, 'client_order_id') || null,
          isNew: isCoinbaseNew(order),
        }));
      return { kind: 'rung', bells };
    }
    default:
      return NOTHING;
  }
}

function isCoinbaseNew(order: unknown): boolean {
  const isWaiting = ['PENDING', 'OPEN', 'QUEUED'].includes(textOf(order, 'status'));
  return isWaiting && !(Number(fieldOf(order, 'cumulative_quantity') ?? 0) > 0);
}

export const PRIVATE_VENUES = {
  // ccxt would sign on to Binance US at Binance's own host.
  binanceus: binanceVenue('wss://ws-api.binance.us:443/ws-api/v3', pro.binanceus),
  binance: binanceVenue('wss://ws-api.binance.com:443/ws-api/v3', pro.binance),
  kraken: KRAKEN,
  coinbase: COINBASE,
} as const;
