import { BadRequest, InsufficientFunds, InvalidOrder, OrderNotFound } from 'ccxt';
import { expect, test } from 'vitest';
import { implicit, openStage, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';

const OLD = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.05',
  price: '63000',
  limitClientOrderId: 'target',
  stopPrice: '58000',
  stopLimitPrice: '57900',
  stopLimitTimeInForce: 'GTC',
  stopClientOrderId: 'stop',
};

const NEW = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.05',
  aboveType: 'LIMIT_MAKER',
  abovePrice: '63000',
  aboveClientOrderId: 'target',
  belowType: 'STOP_LOSS_LIMIT',
  belowStopPrice: '58000',
  belowPrice: '57900',
  belowTimeInForce: 'GTC',
  belowClientOrderId: 'stop',
};

interface Fate {
  readonly stop: string | undefined;
  readonly target: string | undefined;
}

async function atSixtyThousand(): Promise<Stage & { readonly fate: () => Fate }> {
  const stage = await openStage();
  stage.control.movePrice('BTCUSDT', '60000');
  const fate = (): Fate => {
    const { orders } = stage.control.truth();
    const status = (id: string): string | undefined =>
      orders.find(({ clientOrderId }) => clientOrderId === id)?.status;
    return { stop: status('stop'), target: status('target') };
  };
  return { ...stage, fate };
}

test.each([
  ['privatePostOrderOco', OLD],
  ['privatePostOrderListOco', NEW],
])('%s places a stop and a target that hold the coins once', async (call, request) => {
  const stage = await atSixtyThousand();
  const client = call === 'privatePostOrderOco' ? stage.client : stage.openGlobal();
  const list = await implicit(client, call, request);
  expect(list).toMatchObject({ contingencyType: 'OCO', listOrderStatus: 'EXECUTING' });
  expect(list['orderReports']).toMatchObject([
    { clientOrderId: 'stop', type: 'STOP_LOSS_LIMIT', stopPrice: '58000.00000000' },
    { clientOrderId: 'target', type: 'LIMIT_MAKER', price: '63000.00000000' },
  ]);
  expect(stage.control.truth().balances['BTC']).toEqual({
    free: '0.05000000',
    locked: '0.05000000',
  });
  expect(await client.fetchOpenOrders(BTC)).toHaveLength(2);
});

test('the target filled, the stop is gone', async () => {
  const { client, control, fate } = await atSixtyThousand();
  await implicit(client, 'privatePostOrderOco', OLD);
  control.movePrice('BTCUSDT', '63100');
  expect(fate()).toEqual({ stop: 'EXPIRED', target: 'FILLED' });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.05000000', locked: '0.00000000' });
  const lists = await implicit(client, 'privateGetOpenOrderList', {});
  expect(lists).toEqual([]);
});

test('the stop triggered, the target is gone', async () => {
  const { client, control, fate } = await atSixtyThousand();
  await implicit(client, 'privatePostOrderOco', OLD);
  control.movePrice('BTCUSDT', '57950');
  expect(fate()).toEqual({ stop: 'FILLED', target: 'EXPIRED' });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.05000000', locked: '0.00000000' });
});

test('a stop triggered but not filled still holds the coins', async () => {
  const { client, control, fate } = await atSixtyThousand();
  await implicit(client, 'privatePostOrderOco', OLD);
  control.movePrice('BTCUSDT', '57000');
  expect(fate()).toEqual({ stop: 'NEW', target: 'EXPIRED' });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.05000000', locked: '0.05000000' });
});

test('a target that is only partly filled takes the stop with it', async () => {
  const { client, control, fate } = await atSixtyThousand();
  await implicit(client, 'privatePostOrderOco', OLD);
  control.fault({ kind: 'partial-fills', percent: 40 });
  control.movePrice('BTCUSDT', '63100');
  expect(fate()).toEqual({ stop: 'EXPIRED', target: 'PARTIALLY_FILLED' });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.05000000', locked: '0.03000000' });
});

test('cancelling one cancels both, and so does cancelling the list', async () => {
  const { client, control, fate } = await atSixtyThousand();
  await implicit(client, 'privatePostOrderOco', OLD);
  await client.cancelOrder('', BTC, { origClientOrderId: 'target' });
  expect(fate()).toEqual({ stop: 'CANCELED', target: 'CANCELED' });
  const again = { ...OLD, limitClientOrderId: 'target-2', stopClientOrderId: 'stop-2' };
  const list = await implicit(client, 'privatePostOrderOco', again);
  const named = { symbol: 'BTCUSDT', orderListId: String(list['orderListId']) };
  const gone = await implicit(client, 'privateDeleteOrderList', named);
  expect(gone).toMatchObject({ listOrderStatus: 'ALL_DONE' });
  expect(await implicit(client, 'privateGetOrderList', named)).toMatchObject({
    listOrderStatus: 'ALL_DONE',
  });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.10000000', locked: '0.00000000' });
  await expect(implicit(client, 'privateDeleteOrderList', named)).rejects.toThrow(OrderNotFound);
});

test('a buying pair holds what its dearer order needs', async () => {
  const { client, control } = await atSixtyThousand();
  const request = {
    ...OLD,
    side: 'BUY',
    price: '57000',
    stopPrice: '62000',
    stopLimitPrice: '62100',
  };
  await implicit(client, 'privatePostOrderOco', request);
  expect(control.truth().balances['USDT']).toEqual({
    free: '6895.00000000',
    locked: '3105.00000000',
  });
  control.movePrice('BTCUSDT', '62050');
  const [stop, target] = control.truth().orders;
  expect([stop?.status, target?.status]).toEqual(['FILLED', 'EXPIRED']);
});

test.each([
  ['a target below the market', { price: '59000' }, InvalidOrder, 'relationship of the prices'],
  ['a stop above the market', { stopPrice: '61000' }, InvalidOrder, 'relationship of the prices'],
  ['more coins than there are', { quantity: '0.11' }, InsufficientFunds, 'insufficient balance'],
  ['a stop price between two ticks', { stopPrice: '58000.001' }, InvalidOrder, 'PRICE_FILTER'],
  ['too small a worth', { quantity: '0.00008' }, BadRequest, 'NOTIONAL'],
  ['one id for both', { stopClientOrderId: 'target' }, InvalidOrder, 'Duplicate order sent'],
])('a pair with %s is refused as a whole', async (_, change, error, says) => {
  const { client, control } = await atSixtyThousand();
  const ask = (): Promise<unknown> =>
    implicit(client, 'privatePostOrderOco', { ...OLD, ...change });
  await expect(ask()).rejects.toThrow(error);
  await expect(ask()).rejects.toThrow(says);
  expect(control.truth().orders).toEqual([]);
});
