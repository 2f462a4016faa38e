import { BadRequest, BadSymbol, MarketClosed } from 'ccxt';
import { expect, test } from 'vitest';
import { units } from './decimal.ts';
import type { MarketStatus } from './matching/status.ts';
import { implicit, openStage, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';
const ETH = 'ETH/USDT';

function sell({ client }: Stage, symbol = BTC): Promise<unknown> {
  return client.createOrder(symbol, 'market', 'sell', 0.01);
}

test.each([
  ['halt', 'HALT', MarketClosed, 'Market is closed.'],
  ['break', 'BREAK', MarketClosed, 'Market is closed.'],
  ['end-of-day', 'END_OF_DAY', MarketClosed, 'Market is closed.'],
  ['cancel-only', 'CANCEL_ONLY', BadRequest, 'trading phase'],
  ['no-service', 'BREAK', BadRequest, 'no longer available'],
] as const)(
  'a market in %s takes no orders but cancellations, and says so',
  async (status, shown, thrown, sentence) => {
    const stage = await openStage({ balances: { BTC: units('1'), ETH: units('1') } });
    const { client, control } = stage;
    const { id } = await client.createOrder(BTC, 'limit', 'sell', 0.01, 70_000);
    control.setStatus({ symbol: 'BTCUSDT', status });
    await expect(sell(stage)).rejects.toThrow(thrown);
    await expect(sell(stage)).rejects.toThrow(sentence);
    const markets = await client.loadMarkets(true);
    expect(markets[BTC]).toMatchObject({ active: false, info: { status: shown } });
    expect(markets[ETH]).toMatchObject({ active: true });
    await expect(sell(stage, ETH)).resolves.toBeDefined();
    // Nothing trades meanwhile, whatever the price does.
    control.movePrice('BTCUSDT', '71000');
    expect(await client.fetchOrder(String(id), BTC)).toMatchObject({ status: 'open', filled: 0 });
    await client.cancelOrder(String(id), BTC);
    control.setStatus({ symbol: 'BTCUSDT', status: 'trading' });
    await expect(sell(stage)).resolves.toBeDefined();
  },
);

test('what waited in the book trades as the market opens again', async () => {
  const { client, control } = await openStage();
  const { id } = await client.createOrder(BTC, 'limit', 'sell', 0.01, 70_000);
  control.setStatus({ status: 'halt' });
  control.movePrice('BTCUSDT', '71000');
  control.setStatus({ status: 'trading' });
  expect(await client.fetchOrder(String(id), BTC)).toMatchObject({ status: 'closed' });
});

test('a halt of the whole exchange is every market’s', async () => {
  const stage = await openStage();
  stage.control.setStatus({ status: 'halt' });
  await expect(sell(stage)).rejects.toThrow(MarketClosed);
  await expect(sell(stage, ETH)).rejects.toThrow(MarketClosed);
  expect(() => stage.control.setStatus({ status: 'vanished' })).toThrow('Name the pair');
});

test.each([
  ['post-only', 'limit', { postOnly: true }, true],
  ['post-only', 'limit', {}, false],
  ['limit-only', 'limit', {}, true],
  ['limit-only', 'market', {}, false],
] as const)('in %s a %s order %o passes: %s', async (status, type, params, passes) => {
  const { client, control } = await openStage();
  control.setStatus({ symbol: 'BTCUSDT', status: status satisfies MarketStatus });
  const price = type === 'limit' ? 70_000 : undefined;
  const order = client.createOrder(BTC, type, 'sell', 0.01, price, params);
  await (passes ? expect(order).resolves.toBeDefined() : expect(order).rejects.toThrow('phase'));
});

test('a pair that vanished is unknown to every call that names it, and its orders have expired', async () => {
  const stage = await openStage({ balances: { BTC: units('1'), ETH: units('1') } });
  const { client, control } = stage;
  const { id } = await client.createOrder(BTC, 'limit', 'sell', 0.01, 70_000);
  control.setStatus({ symbol: 'BTCUSDT', status: 'vanished' });
  await expect(sell(stage)).rejects.toThrow(BadSymbol);
  await expect(client.fetchOrder(String(id), BTC)).rejects.toThrow(BadSymbol);
  await expect(client.cancelOrder(String(id), BTC)).rejects.toThrow(BadSymbol);
  await expect(client.fetchOpenOrders(BTC)).rejects.toThrow(BadSymbol);
  await expect(client.fetchMyTrades(BTC)).rejects.toThrow(BadSymbol);
  await expect(client.fetchTicker(BTC)).rejects.toThrow(BadSymbol);
  expect(Object.keys(await client.loadMarkets(true))).not.toContain(BTC);
  expect(control.truth().orders).toMatchObject([{ status: 'EXPIRED', filled: '0.00000000' }]);
  expect((await client.fetchBalance())['BTC']).toMatchObject({ free: 1, used: 0 });
  await expect(sell(stage, ETH)).resolves.toBeDefined();
});

test('fees of one pair, told by every call that tells of fees', async () => {
  const { client, control, openGlobal } = await openStage();
  control.setFees({ symbol: 'BTCUSDT', maker: '0.006', taker: '0.012' });
  const trade = await client.createOrder(BTC, 'market', 'buy', 0.01);
  expect(trade.fee).toMatchObject({ currency: 'BTC', cost: 0.00012 });
  expect(await openGlobal().fetchTradingFee(BTC)).toMatchObject({ maker: 0.006, taker: 0.012 });
  const us = await implicit(client, 'sapiGetAssetQueryTradingFee', { symbol: 'BTCUSDT' });
  expect(us['0']).toMatchObject({ takerCommission: '0.01200000' });
  const all = await implicit(client, 'privateGetAccountCommission', { symbol: 'BTCUSDT' });
  expect(all['standardCommission']).toMatchObject({ taker: '0.01200000' });
  expect(await openGlobal().fetchTradingFee(ETH)).toMatchObject({ taker: 0.001 });
  control.setFees({ maker: '0.002', taker: '0.003' });
  expect((await client.fetchBalance()).info).toMatchObject({
    commissionRates: { maker: '0.00200000', taker: '0.00300000' },
  });
});

test.each([
  ['buy', 'received', 'BTC'],
  ['sell', 'received', 'USDT'],
  ['buy', 'quote', 'USDT'],
  ['sell', 'quote', 'USDT'],
  ['buy', 'base', 'BTC'],
  ['sell', 'base', 'BTC'],
  ['buy', { asset: 'BNB' }, 'BNB'],
  ['sell', { asset: 'BNB' }, 'BNB'],
] as const)('a %s with fees paid in %o pays them in %s', async (side, paidIn, coin) => {
  const { client, control } = await openStage({
    balances: { USDT: units('1000'), BTC: units('0.5'), BNB: units('1') },
  });
  control.movePrice('BTCUSDT', '60000');
  control.setFees({ maker: '0.01', taker: '0.01', paidIn });
  const { filled = 0, cost = 0 } = await client.createOrder(BTC, 'market', side, 0.01);
  const [fill] = control.truth().fills;
  expect(fill).toMatchObject({ commissionAsset: coin });
  const due = { BTC: filled * 0.01, USDT: cost * 0.01, BNB: (cost * 0.01) / 600 };
  expect(Number(fill?.commission)).toBeCloseTo(due[coin], 7);
});

test('without enough of the third coin a fee is paid out of what is received', async () => {
  const { client, control } = await openStage({
    balances: { USDT: units('1000'), BNB: units('0.001') },
  });
  control.setFees({ maker: '0.001', taker: '0.001', paidIn: { asset: 'BNB' } });
  await client.createOrder(BTC, 'market', 'buy', 0.01);
  await client.createOrder(BTC, 'market', 'buy', 0.005);
  expect(control.truth().fills.map((fill) => fill.commissionAsset)).toEqual(['BNB', 'BTC']);
});

test.each([
  [{ maker: '0.002', taker: '0.001' }, 'never pays more'],
  [{ maker: '0.1', taker: '1' }, 'is no fraction'],
  [{ symbol: 'DOGEUSDT', maker: '0', taker: '0' }, 'no market DOGEUSDT'],
])('fees that cannot be are told: %o', async (fees, sentence) => {
  const { control } = await openStage();
  expect(() => control.setFees(fees)).toThrow(sentence);
});
