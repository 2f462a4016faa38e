import {
  AuthenticationError,
  BadRequest,
  BadSymbol,
  InsufficientFunds,
  InvalidNonce,
  InvalidOrder,
  OrderImmediatelyFillable,
  OrderNotFound,
  type binanceus,
} from 'ccxt';
import { expect, test } from 'vitest';
import { implicit, openStage, START, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';

/** An order as it is, past ccxt's own rounding. */
function raw(client: binanceus, order: Readonly<Record<string, string>>): Promise<unknown> {
  return implicit(client, 'privatePostOrder', { symbol: 'BTCUSDT', side: 'BUY', ...order });
}

const LIMIT = { type: 'LIMIT', timeInForce: 'GTC' };

test('a key that is none, and one that is not known', async () => {
  const { open } = await openStage();
  await expect(open({ apiKey: 'not a key!' }).fetchBalance()).rejects.toThrow('"code":-2014');
  const stranger = open({ apiKey: 'somebody-else' });
  await expect(stranger.fetchBalance()).rejects.toThrow(AuthenticationError);
  await expect(stranger.fetchBalance()).rejects.toThrow('"code":-2015');
});

test('a wrong secret', async () => {
  const { open } = await openStage();
  const client = open({ secret: 'wrong' });
  await expect(client.fetchBalance()).rejects.toThrow(AuthenticationError);
  await expect(client.fetchBalance()).rejects.toThrow('"code":-1022');
});

test('a request that is too old or from the future', async () => {
  const { open } = await openStage();
  const at = (time: number): Promise<unknown> => {
    const options = { recvWindow: 5_000 };
    return open({ milliseconds: () => time, options }).fetchBalance();
  };
  await expect(at(START - 5_001)).rejects.toThrow(InvalidNonce);
  await expect(at(START + 1_000)).rejects.toThrow('1000ms ahead');
  await expect(at(START - 5_000)).resolves.toBeDefined();
  await expect(at(START + 999)).resolves.toBeDefined();
});

test('a window that is longer than a minute', async () => {
  const { open } = await openStage();
  const client = open({ options: { recvWindow: 60_001 } });
  await expect(client.fetchBalance()).rejects.toThrow(BadRequest);
});

interface Refused {
  readonly what: string;
  readonly order: Readonly<Record<string, string>>;
  readonly error: new (...args: never[]) => Error;
  readonly says: string;
}

const REFUSED: readonly Refused[] = [
  {
    what: 'a price between two ticks',
    order: { ...LIMIT, quantity: '0.001', price: '59000.001' },
    error: InvalidOrder,
    says: 'PRICE_FILTER',
  },
  {
    what: 'a quantity between two steps',
    order: { ...LIMIT, quantity: '0.000015', price: '59000' },
    error: InvalidOrder,
    says: 'LOT_SIZE',
  },
  {
    what: 'no quantity at all',
    order: { ...LIMIT, quantity: '0', price: '59000' },
    error: InvalidOrder,
    says: 'LOT_SIZE',
  },
  {
    what: 'a market order that is too large',
    order: { type: 'MARKET', quantity: '121' },
    error: InvalidOrder,
    says: 'LOT_SIZE',
  },
  {
    what: 'a price far from the market',
    order: { ...LIMIT, quantity: '0.01', price: '11999.99' },
    error: InvalidOrder,
    says: 'PERCENT_PRICE_BY_SIDE',
  },
  {
    what: 'too small a limit order',
    order: { ...LIMIT, quantity: '0.00008', price: '59000' },
    error: BadRequest,
    says: 'NOTIONAL',
  },
  {
    what: 'too small a market order',
    order: { type: 'MARKET', quantity: '0.00008' },
    error: BadRequest,
    says: 'NOTIONAL',
  },
  {
    what: 'more than there is money for',
    order: { ...LIMIT, quantity: '0.2', price: '59000' },
    error: InsufficientFunds,
    says: 'insufficient balance',
  },
  {
    what: 'a market buy that the money does not reach for',
    order: { type: 'MARKET', quantity: '0.2' },
    error: InsufficientFunds,
    says: 'insufficient balance',
  },
  {
    what: 'a post-only order that would trade',
    order: { type: 'LIMIT_MAKER', quantity: '0.001', price: '60001' },
    error: OrderImmediatelyFillable,
    says: 'immediately match',
  },
  {
    what: 'a stop that would trigger at once',
    order: {
      type: 'STOP_LOSS_LIMIT',
      timeInForce: 'GTC',
      quantity: '0.001',
      price: '60000',
      stopPrice: '59999',
    },
    error: OrderImmediatelyFillable,
    says: 'trigger immediately',
  },
  {
    what: 'an unknown pair',
    order: { ...LIMIT, symbol: 'DOGEUSDT', quantity: '1', price: '1' },
    error: BadSymbol,
    says: 'Invalid symbol',
  },
  {
    what: 'a limit order without a price',
    order: { ...LIMIT, quantity: '0.001' },
    error: BadRequest,
    says: "Mandatory parameter 'price'",
  },
  {
    what: 'a market order with a price',
    order: { type: 'MARKET', quantity: '0.001', price: '60000' },
    error: BadRequest,
    says: "'price' sent when not required",
  },
  {
    what: 'nine decimals',
    order: { ...LIMIT, quantity: '0.001000001', price: '59000' },
    error: BadRequest,
    says: 'too much precision',
  },
  {
    what: 'a number that is none',
    order: { ...LIMIT, quantity: '1e-3', price: '59000' },
    error: BadRequest,
    says: 'Illegal characters',
  },
];

async function atSixtyThousand(): Promise<Stage> {
  const stage = await openStage();
  stage.control.movePrice('BTCUSDT', '60000');
  return stage;
}

test.each(REFUSED)('an order with $what', async ({ order, error, says }) => {
  const { client, control } = await atSixtyThousand();
  await expect(raw(client, order)).rejects.toThrow(error);
  await expect(raw(client, order)).rejects.toThrow(says);
  expect(control.truth().orders).toEqual([]);
});

test('an id that is taken until its order is filled', async () => {
  const { client, control } = await atSixtyThousand();
  const again = (): Promise<unknown> =>
    client.createOrder(BTC, 'limit', 'buy', 0.001, 59_000, { clientOrderId: 'piggy-1' });
  await again();
  await expect(again()).rejects.toThrow('Duplicate order sent');
  control.movePrice('BTCUSDT', '58000');
  control.movePrice('BTCUSDT', '60000');
  await again();
  expect(control.truth().orders.map(({ status }) => status)).toEqual(['FILLED', 'NEW']);
});

test('orders that are not there', async () => {
  const { client } = await atSixtyThousand();
  await expect(client.fetchOrder('99', BTC)).rejects.toThrow(OrderNotFound);
  await expect(client.cancelOrder('99', BTC)).rejects.toThrow(OrderNotFound);
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.001, 59_000);
  await client.cancelOrder(String(order.id), BTC);
  await expect(client.cancelOrder(String(order.id), BTC)).rejects.toThrow(OrderNotFound);
  await expect(client.fetchOrder(String(order.id), 'ETH/USDT')).rejects.toThrow(OrderNotFound);
});

test('a sixth stop in one pair', async () => {
  const { client } = await atSixtyThousand();
  const stop = (): Promise<unknown> =>
    client.createOrder(BTC, 'limit', 'sell', 0.001, 57_900, { stopLossPrice: 58_000 });
  for (let count = 0; count < 5; count += 1) await stop();
  await expect(stop()).rejects.toThrow('MAX_NUM_ALGO_ORDERS');
});

test('the hundred-and-first order within ten seconds', async () => {
  const { client, control } = await atSixtyThousand();
  const order = (): Promise<unknown> =>
    raw(client, { ...LIMIT, quantity: '0.0001', price: '59000' });
  for (let count = 0; count < 100; count += 1) await order();
  await expect(order()).rejects.toThrow('"code":-1015');
  control.advance(10_000);
  await expect(order()).resolves.toBeDefined();
});

test('a key that may not trade', async () => {
  const { client, control } = await atSixtyThousand();
  expect(await implicit(client, 'sapiGetAccountApiRestrictions', {})).toMatchObject({
    enableSpotAndMarginTrading: true,
    enableWithdrawals: false,
  });
  control.setKeyRestrictions({ enableSpotAndMarginTrading: false, enableWithdrawals: true });
  expect(await implicit(client, 'sapiGetAccountApiRestrictions', {})).toMatchObject({
    enableSpotAndMarginTrading: false,
    enableWithdrawals: true,
  });
  await expect(raw(client, { type: 'MARKET', quantity: '0.001' })).rejects.toThrow('-2015');
});

test('more requests than a minute allows are told when the next one begins', async () => {
  const { restUrl, control } = await openStage();
  const ask = (): Promise<Response> => fetch(`${restUrl}/api/v3/exchangeInfo`);
  for (let count = 0; count < 300; count += 1) await (await ask()).arrayBuffer();
  const answer = await ask();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '30']);
  expect(answer.headers.get('x-mbx-used-weight-1m')).toBe('6020');
  control.advance(30_000);
  expect((await ask()).status).toBe(200);
});

test('history longer than a day at a time', async () => {
  const { client } = await openStage();
  const span = (ms: number): Promise<unknown> =>
    implicit(client, 'privateGetMyTrades', {
      symbol: 'BTCUSDT',
      startTime: String(START - ms),
      endTime: String(START),
    });
  await expect(span(86_400_001)).rejects.toThrow('"code":-1127');
  await expect(span(86_400_000)).resolves.toEqual([]);
});
