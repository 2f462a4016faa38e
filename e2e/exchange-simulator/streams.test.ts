import { pro } from 'ccxt';
import { onTestFinished, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { API_KEY, API_SECRET } from './rest/signature.ts';
import { implicit, openStage, START, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';

/** For a busy machine; what is waited for comes at once. */
const PATIENCE = { timeout: 30_000, interval: 5 };
vi.setConfig({ testTimeout: 60_000 });

type Message = Readonly<Record<string, unknown>>;

interface Socket {
  readonly messages: readonly Message[];
  readonly send: (message: unknown) => void;
  /** The next `count` messages since the last call. */
  readonly next: (count: number) => Promise<readonly Message[]>;
  readonly closed: Promise<unknown>;
}

async function connect(url: string): Promise<Socket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const messages: Message[] = [];
  let read = 0;
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    messages,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    next: async (count) => {
      await expect.poll(() => messages.length, PATIENCE).toBeGreaterThanOrEqual(read + count);
      read += count;
      return messages.slice(read - count, read);
    },
  };
}

async function openUserStream({ client, wsUrl }: Stage): Promise<Socket> {
  const { listenKey } = await implicit(client, 'publicPostUserDataStream', {});
  return connect(`${wsUrl}/ws/${String(listenKey)}`);
}

/** Execution reports alone, as `TRADE FILLED` and so on. */
function executions(messages: readonly Message[]): readonly string[] {
  return messages
    .filter(({ e }) => e === 'executionReport')
    .map(({ x, X }) => `${String(x)} ${String(X)}`);
}

test('the user stream tells of the order, its trade and the balances', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  await stage.client.createOrder(BTC, 'market', 'buy', 0.001, undefined, {
    clientOrderId: 'piggy-1',
  });
  const messages = await stream.next(4);
  expect(executions(messages)).toEqual(['NEW NEW', 'TRADE FILLED']);
  expect(messages[2]).toMatchObject({
    s: 'BTCUSDT',
    c: 'piggy-1',
    S: 'BUY',
    l: '0.00100000',
    z: '0.00100000',
    n: '0.00000100',
    N: 'BTC',
    t: 1,
    m: false,
    T: START,
  });
  expect(messages[3]).toMatchObject({
    e: 'outboundAccountPosition',
    B: [
      { a: 'BTC', f: '0.10099900', l: '0.00000000' },
      { a: 'USDT', l: '0.00000000' },
    ],
  });
});

test('a cancelled order goes by a new id and names its own', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  await stage.client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, { clientOrderId: 'piggy-1' });
  await stage.client.cancelOrder('', BTC, { origClientOrderId: 'piggy-1' });
  const messages = await stream.next(4);
  expect(messages[2]).toMatchObject({ x: 'CANCELED', X: 'CANCELED', C: 'piggy-1' });
  expect(messages[2]?.['c']).not.toBe('piggy-1');
});

test('a pair begins and ends with a list status', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  stage.control.movePrice('BTCUSDT', '60000');
  await implicit(stage.client, 'privatePostOrderOco', {
    symbol: 'BTCUSDT',
    side: 'SELL',
    quantity: '0.05',
    price: '63000',
    stopPrice: '58000',
    stopLimitPrice: '57900',
    stopLimitTimeInForce: 'GTC',
  });
  stage.control.movePrice('BTCUSDT', '57950');
  const messages = await stream.next(12);
  expect(executions(messages)).toEqual([
    'NEW NEW',
    'NEW NEW',
    'EXPIRED EXPIRED',
    'NEW NEW',
    'TRADE FILLED',
  ]);
  const lists = messages.filter(({ e }) => e === 'listStatus');
  expect(lists.map(({ l }) => l)).toEqual(['EXEC_STARTED', 'ALL_DONE']);
});

test('events come twice and out of order when they are told to', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  stage.control.fault({ kind: 'reordered-events' });
  await stage.client.createOrder(BTC, 'market', 'buy', 0.001);
  expect(executions(await stream.next(4))).toEqual(['TRADE FILLED', 'NEW NEW']);
  stage.control.fault({ kind: 'duplicate-events', times: 4 });
  await stage.client.createOrder(BTC, 'market', 'buy', 0.001);
  expect(executions(await stream.next(8))).toEqual([
    'NEW NEW',
    'NEW NEW',
    'TRADE FILLED',
    'TRADE FILLED',
  ]);
  expect(stage.control.truth().fills).toHaveLength(2);
});

test('a dropped socket ends without a goodbye, and the next one works', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  stage.control.fault({ kind: 'dropped-sockets' });
  expect(await stream.closed).toBe(1006);
  const again = await openUserStream(stage);
  await stage.client.createOrder(BTC, 'market', 'buy', 0.001);
  expect(executions(await again.next(4))).toEqual(['NEW NEW', 'TRADE FILLED']);
});

test('a listen key is worth nothing after an hour without being kept alive, or once closed', async () => {
  const { client, control } = await openStage();
  const { listenKey } = await implicit(client, 'publicPostUserDataStream', {});
  const named = { listenKey: String(listenKey) };
  control.advance(59 * 60_000);
  await implicit(client, 'publicPutUserDataStream', named);
  control.advance(59 * 60_000);
  await implicit(client, 'publicPutUserDataStream', named);
  const { listenKey: same } = await implicit(client, 'publicPostUserDataStream', {});
  expect(same).toBe(listenKey);
  control.advance(60 * 60_000);
  await expect(implicit(client, 'publicPutUserDataStream', named)).rejects.toThrow('-1125');
  const { listenKey: other } = await implicit(client, 'publicPostUserDataStream', {});
  expect(other).not.toBe(listenKey);
  await implicit(client, 'publicDeleteUserDataStream', { listenKey: String(other) });
  await expect(
    implicit(client, 'publicPutUserDataStream', { listenKey: String(other) }),
  ).rejects.toThrow('-1125');
});

test('money that comes in from elsewhere is told as such', async () => {
  const stage = await openStage();
  const stream = await openUserStream(stage);
  stage.control.transfer('USDT', '-2500.5');
  expect(await stream.next(2)).toMatchObject([
    { e: 'balanceUpdate', a: 'USDT', d: '-2500.50000000' },
    { e: 'outboundAccountPosition', B: [{ a: 'USDT', f: '7499.50000000' }] },
  ]);
  expect(() => stage.control.transfer('BTC', '-0.2')).toThrow('less BTC than that');
});

test('market streams tell of every move, named where several share a socket', async () => {
  const { control, wsUrl } = await openStage();
  const socket = await connect(`${wsUrl}/stream?streams=btcusdt@aggTrade/btcusdt@kline_1m`);
  socket.send({ method: 'SUBSCRIBE', params: ['btcusdt@bookTicker'], id: 1 });
  expect(await socket.next(1)).toEqual([{ result: null, id: 1 }]);
  control.movePrice('ETHUSDT', '3100');
  control.movePrice('BTCUSDT', '61000');
  const messages = await socket.next(3);
  expect(messages.map(({ stream }) => stream)).toEqual([
    'btcusdt@aggTrade',
    'btcusdt@kline_1m',
    'btcusdt@bookTicker',
  ]);
  expect(messages[0]?.['data']).toMatchObject({ e: 'aggTrade', p: '61000.00000000' });
  expect(messages[1]?.['data']).toMatchObject({ k: { c: '61000.00000000', i: '1m', x: false } });
  expect(messages[2]?.['data']).toMatchObject({ b: '60999.99000000', a: '61000.01000000' });
});

interface ProStage extends Stage {
  readonly watcher: InstanceType<typeof pro.binanceus>;
}

/** ccxt's own WebSocket client; only its addresses are ours, as its REST requests are redirected. */
async function openPro(): Promise<ProStage> {
  const stage = await openStage();
  const { wsUrl } = stage;
  const watcher = new pro.binanceus({
    apiKey: API_KEY,
    secret: API_SECRET,
    enableRateLimit: false,
    milliseconds: () => stage.control.truth().time,
    fetchImplementation: stage.client.fetchImplementation,
    urls: { api: { ws: { spot: `${wsUrl}/ws`, 'ws-api': { spot: `${wsUrl}/ws-api/v3` } } } },
  });
  onTestFinished(async () => {
    await watcher.close();
  });
  await watcher.loadMarkets();
  await watcher.loadHttpProxyAgent();
  return { ...stage, watcher };
}

/** Moves the price until the subscription, whose confirmation ccxt keeps to itself, has seen it. */
async function whileMoving<T>({ control }: Stage, watched: Promise<T>): Promise<T> {
  let isSeen = false;
  let cents = 0;
  void watched.finally(() => (isSeen = true)).catch(() => {});
  await expect
    .poll(() => {
      cents += 1;
      if (!isSeen) control.movePrice('BTCUSDT', `60000.${String(cents % 100).padStart(2, '0')}`);
      return isSeen;
    }, PATIENCE)
    .toBe(true);
  return watched;
}

test('ccxt watches tickers, bars and the book', async () => {
  const stage = await openPro();
  const ticker = await whileMoving(stage, stage.watcher.watchTicker(BTC));
  expect(Math.floor(Number(ticker.last))).toBe(60_000);
  const bars = await whileMoving(stage, stage.watcher.watchOHLCV(BTC, '1m'));
  expect(bars.at(-1)?.[0]).toBe(Math.floor(START / 60_000) * 60_000);
  const book = await whileMoving(stage, stage.watcher.watchOrderBook(BTC));
  expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
  expect(book.bids.length).toBeLessThanOrEqual(20);
});

test('ccxt watches its own orders over the WebSocket API', async () => {
  const { watcher, client, wsUrl } = await openPro();
  const watching = watcher.watchOrders(BTC);
  const url = `${wsUrl}/ws-api/v3`;
  await expect
    .poll(() => Object.keys(watcher.clients[url]?.futures ?? {}), PATIENCE)
    .toContain('orders:BTC/USDT');
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, { clientOrderId: 'piggy-1' });
  const [order] = await watching;
  expect(order).toMatchObject({ clientOrderId: 'piggy-1', status: 'open', price: 50_000 });
});

test('the WebSocket API wants a signature', async () => {
  const { wsUrl } = await openStage();
  const socket = await connect(`${wsUrl}/ws-api/v3`);
  const params = { apiKey: API_KEY, timestamp: START, signature: '00' };
  socket.send({ id: '1', method: 'userDataStream.subscribe.signature', params });
  expect(await socket.next(1)).toMatchObject([{ id: '1', status: 400, error: { code: -1022 } }]);
});
