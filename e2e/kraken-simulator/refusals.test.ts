import { expect, test } from 'vitest';
import { API_SECRET } from './key.ts';
import { implicit, openStage, type Stage } from './testing/kraken-client.ts';

interface Refused {
  readonly what: string;
  readonly call: Readonly<Record<string, string>>;
  readonly error: string;
  /** What ccxt makes of it. */
  readonly name: string;
}

/** The name of what ccxt throws, and what the exchange had answered. */
async function outcome(stage: Stage, call: Promise<unknown>): Promise<readonly [string, unknown]> {
  const name = await call.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
  return [name, stage.bodies.at(-1)];
}

function body(error: string): string {
  return JSON.stringify({ error: [error] });
}

const LIMIT = { ordertype: 'limit', price: '50000.0' };

const REFUSED: readonly Refused[] = [
  {
    what: 'a pair that there is not',
    call: { pair: 'XBTXRP' },
    error: 'EQuery:Unknown asset pair',
    name: 'ExchangeError',
  },
  {
    what: 'a type that there is not',
    call: { ordertype: 'iceberg' },
    error: 'EGeneral:Invalid arguments:ordertype',
    name: 'ExchangeError',
  },
  {
    what: 'a volume between two steps',
    call: { volume: '0.001000001' },
    error: 'EGeneral:Invalid arguments:volume',
    name: 'InvalidOrder',
  },
  {
    what: 'a limit without a price',
    call: { ordertype: 'limit' },
    error: 'EGeneral:Invalid arguments:price',
    name: 'InvalidOrder',
  },
  {
    what: 'a stop limit without its limit',
    call: { ordertype: 'stop-loss-limit', price: '50000' },
    error: 'EGeneral:Invalid arguments:price2',
    name: 'ExchangeError',
  },
  {
    what: 'a sale by its cost',
    call: { type: 'sell', oflags: 'viqc' },
    error: 'EGeneral:Invalid arguments:viqc',
    name: 'InvalidOrder',
  },
  {
    what: 'a price with too many decimals',
    call: { ...LIMIT, price: '50000.05' },
    error: 'EOrder:Invalid price:XBT/USDT price can only be specified up to 1 decimals.',
    name: 'ExchangeError',
  },
  {
    what: 'a price between two ticks',
    call: { ...LIMIT, price: '50000.1' },
    error: 'EOrder:Tick size check failed',
    name: 'ExchangeError',
  },
  {
    what: 'a volume below the least',
    call: { volume: '0.00004999' },
    error: 'EOrder:Order minimum not met',
    name: 'InvalidOrder',
  },
  {
    what: 'a cost below the least',
    call: { ...LIMIT, price: '9000', volume: '0.00005' },
    error: 'EOrder:Cost minimum not met',
    name: 'ExchangeError',
  },
  {
    what: 'what the price would cover, but not the fee',
    call: { ...LIMIT, volume: '0.2' },
    error: 'EOrder:Insufficient funds',
    name: 'InsufficientFunds',
  },
  {
    what: 'a post-only order that would trade',
    call: { ...LIMIT, price: '60500', oflags: 'post' },
    error: 'EOrder:Post only order',
    name: 'ExchangeError',
  },
  {
    what: 'a client id of nineteen characters that is no UUID',
    call: { cl_ord_id: 'piggy-0000000000001' },
    error: 'EGeneral:Invalid arguments',
    name: 'BadRequest',
  },
];

test.each(REFUSED)('$what is refused', async ({ call, error, name }) => {
  const stage = await openStage({ ticks: { XBTUSDT: '0.5' } });
  const order = { pair: 'XBTUSDT', type: 'buy', ordertype: 'market', volume: '0.001', ...call };
  const asked = implicit(stage.client, 'privatePostAddOrder', order);
  expect(await outcome(stage, asked)).toEqual([name, body(error)]);
  expect(stage.control.truth().orders).toEqual([]);
});

test.each(['piggy-000000000001', '6d47a5f0-6fd4-4b84-b56e-c23f0f689c20'])(
  '%s can be a client id',
  async (clientOrderId) => {
    const { client, control } = await openStage();
    await client.createOrder('BTC/USDT', 'market', 'buy', 0.001, undefined, { clientOrderId });
    expect(control.truth().orders).toMatchObject([{ clientOrderId, status: 'FILLED' }]);
  },
);

test('a rest that closed, that never was, and an id that is none', async () => {
  const stage = await openStage();
  const { client } = stage;
  const { id = '' } = await client.createOrder('BTC/USDT', 'market', 'buy', 0.001);
  const unknown = ['OrderNotFound', body('EOrder:Unknown order')];
  expect(await outcome(stage, client.cancelOrder(id))).toEqual(unknown);
  expect(await outcome(stage, client.cancelOrder('OAAAAA-BBBBB-CCCCCC'))).toEqual(unknown);
  const nothing = ['OrderNotFound', '{"error":[],"result":{}}'];
  expect(await outcome(stage, client.fetchOrder('OAAAAA-BBBBB-CCCCCC'))).toEqual(nothing);
  const invalid = ['InvalidOrder', body('EOrder:Invalid order')];
  expect(await outcome(stage, client.fetchOrder('piggy-1'))).toEqual(invalid);
});

test('a wrong key, a wrong secret, and a nonce that does not grow', async () => {
  const stage = await openStage();
  const balance = (
    change: Readonly<Record<string, unknown>>,
  ): Promise<readonly [string, unknown]> => outcome(stage, stage.open(change).fetchBalance());
  const wrongKey = ['AuthenticationError', body('EAPI:Invalid key')];
  expect(await balance({ apiKey: 'somebody-else' })).toEqual(wrongKey);
  const wrongSign = ['ExchangeError', body('EAPI:Invalid signature')];
  expect(await balance({ secret: btoa(API_SECRET) })).toEqual(wrongSign);
  expect((await balance({ nonce: () => 500 }))[0]).toBe('nothing');
  const wrongNonce = ['InvalidNonce', body('EAPI:Invalid nonce')];
  expect(await balance({ nonce: () => 500 })).toEqual(wrongNonce);
  expect((await balance({ nonce: () => 501 }))[0]).toBe('nothing');
});

test('a key tells what it may do, and may do nothing else', async () => {
  const stage = await openStage();
  const { client, control } = stage;
  expect(await implicit(client, 'privatePostGetApiKeyInfo')).toMatchObject({
    result: { permissions: control.keyRestrictions().permissions, ipAllowlist: ['127.0.0.1'] },
  });
  const denied = ['PermissionDenied', body('EGeneral:Permission denied')];
  const withdraw = (): Promise<unknown> => implicit(client, 'privatePostWithdrawMethods');
  expect(await outcome(stage, withdraw())).toEqual(denied);
  control.setKeyRestrictions({ permissions: ['query-funds', 'withdraw-funds'] });
  expect(await withdraw()).toMatchObject({ error: [] });
  const order = client.createOrder('BTC/USDT', 'market', 'buy', 0.001);
  expect(await outcome(stage, order)).toEqual(denied);
});
