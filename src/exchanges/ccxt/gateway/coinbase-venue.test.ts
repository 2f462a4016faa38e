/** What is sent to Coinbase call by call, and what is made of its answers. */

import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../../core/domain/instrument.ts';
import { approvedBuy, approvedSell, bounded } from '../../conformance/approved-orders.ts';
import { json } from '../testing/loopback.ts';
import { aCoinbaseGateway, coinbaseOrder, type CoinbaseStage } from './testing/coinbase-account.ts';

const BTC: Instrument = {
  symbol: 'BTC/USD',
  base: 'BTC',
  quote: 'USD',
  amountStep: 1e-8,
  minAmount: 1e-8,
  priceStep: 0.01,
  minCost: 1,
};

const PLACED = json({
  success: true,
  success_response: {
    order_id: 'cb-1',
    product_id: 'BTC-USD',
    side: 'BUY',
    client_order_id: 'l1-1',
  },
  order_configuration: {},
});

function shows({ says }: CoinbaseStage, ...orders: readonly unknown[]): void {
  says('GET /orders/historical/batch', json({ orders, cursor: '' }));
}

describe('an order to Coinbase', () => {
  it.each([
    [
      'buys at the market up to its bound, and never for more than the sum',
      bounded(approvedBuy(BTC, 'l1-1', 20), 40_000.019),
      {
        side: 'BUY',
        order_configuration: {
          sor_limit_ioc: { base_size: '0.00049999', limit_price: '40000.01' },
        },
      },
    ],
    [
      'buys up to a limit',
      approvedBuy(BTC, 'l1-1', 20, 40_000),
      {
        side: 'BUY',
        order_configuration: {
          limit_limit_gtc: { base_size: '0.0005', limit_price: '40000', post_only: false },
        },
      },
    ],
    [
      'sells at the market down to its bound',
      bounded(approvedSell(BTC, 'l1-1', 0.001), 39_600.001),
      {
        side: 'SELL',
        order_configuration: { sor_limit_ioc: { base_size: '0.001', limit_price: '39600.01' } },
      },
    ],
    [
      'stops a loss with a limit a hundredth below',
      approvedSell(BTC, 'l1-1', 0.001, 'stop-loss', 40_000),
      {
        side: 'SELL',
        order_configuration: {
          stop_limit_stop_limit_gtc: {
            base_size: '0.001',
            stop_price: '40000',
            limit_price: '39600',
            stop_direction: 'STOP_DIRECTION_STOP_DOWN',
          },
        },
      },
    ],
    [
      'takes a gain',
      approvedSell(BTC, 'l1-1', 0.001, 'take-profit', 60_000),
      {
        side: 'SELL',
        order_configuration: {
          limit_limit_gtc: { base_size: '0.001', limit_price: '60000', post_only: false },
        },
      },
    ],
  ])('%s', async (_, order, sent) => {
    const stage = await aCoinbaseGateway();
    stage.says('POST /orders', PLACED);
    expect(await stage.gateway.submit(order)).toEqual({
      kind: 'accepted',
      exchangeId: 'cb-1',
      shown: null,
    });
    expect(stage.lastSent('POST /orders')).toEqual({
      client_order_id: 'l1-1',
      product_id: 'BTC-USD',
      ...sent,
    });
  });

  it.each([
    ['FILLED', '0.0005', 'filled'],
    ['CANCELLED', '0.0002', 'cancelled'],
  ])('at the market that is %s at once shows what it has traded', async (status, size, state) => {
    const stage = await aCoinbaseGateway();
    stage.says('POST /orders', PLACED);
    const order = coinbaseOrder({ status, filled_size: size });
    stage.says('GET /orders/historical/cb-1', json({ order }));
    const fill = {
      trade_id: 't-1',
      order_id: 'cb-1',
      trade_time: '2026-01-15T12:00:01.5Z',
      price: '40000.00',
      size,
      commission: '0.12',
      product_id: 'BTC-USD',
      liquidity_indicator: 'TAKER',
      side: 'BUY',
    };
    stage.says('GET /orders/historical/fills', json({ fills: [fill], cursor: '' }));
    expect(await stage.gateway.submit(bounded(approvedBuy(BTC, 'l1-1', 20), 40_000))).toMatchObject(
      {
        kind: 'accepted',
        shown: { state, fills: [{ amount: Number(size), fee: { currency: 'USD', amount: 0.12 } }] },
      },
    );
  });

  it('that comes back without an id is unknown', async () => {
    const stage = await aCoinbaseGateway();
    for (const [id, body] of [
      ['l1-1', '{}'],
      ['l1-2', '{"success":true,"success_response":{}}'],
      ['l1-3', '{"success":false}'],
    ] as const) {
      stage.says('POST /orders', { body });
      const order = bounded(approvedBuy(BTC, id, 20), 40_000);
      expect(await stage.gateway.submit(order)).toMatchObject({ kind: 'unknown' });
    }
  });

  it('that is refused says why', async () => {
    const stage = await aCoinbaseGateway();
    const error_response = { error: 'INSUFFICIENT_FUND', message: 'Insufficient balance' };
    stage.says('POST /orders', json({ success: false, error_response }));
    expect(await stage.gateway.submit(bounded(approvedBuy(BTC, 'l1-1', 20), 60_600))).toEqual({
      kind: 'rejected',
      refusal: 'for-now',
      sentence:
        'Coinbase says there is not enough money for the order: buy for less, or pay in more.',
    });
  });

  it('whose answer is a page is unknown', async () => {
    const stage = await aCoinbaseGateway();
    stage.says('POST /orders', { body: '<html>' });
    expect(await stage.gateway.submit(bounded(approvedBuy(BTC, 'l1-1', 20), 60_600))).toMatchObject(
      {
        kind: 'unknown',
      },
    );
  });
});

describe('an order at Coinbase', () => {
  it('is found by our id among the open ones', async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder({ client_order_id: 'other' }), coinbaseOrder());
    expect(await stage.gateway.find('l1-1', BTC.symbol)).toEqual({
      ok: true,
      value: {
        orderId: 'l1-1',
        exchangeId: 'cb-1',
        symbol: 'BTC/USD',
        side: 'buy',
        state: 'open',
        fills: [],
      },
    });
    expect(stage.lastSent('GET /orders/historical/batch')).toMatchObject({
      order_status: 'OPEN',
      product_ids: 'BTC-USD',
    });
  });

  it('that has filled is shown with its fills, their fees in quote', async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder({ status: 'FILLED', filled_size: '0.0005' }));
    const fill = {
      trade_id: 't-1',
      order_id: 'cb-1',
      trade_time: '2026-01-15T12:00:01.5Z',
      price: '40000.00',
      size: '20.00',
      size_in_quote: true,
      commission: '0.12',
      product_id: 'BTC-USD',
      liquidity_indicator: 'TAKER',
      side: 'BUY',
    };
    stage.says('GET /orders/historical/fills', json({ fills: [fill], cursor: '' }));
    expect(await stage.gateway.find('l1-1', BTC.symbol)).toMatchObject({
      value: {
        state: 'filled',
        fills: [
          {
            id: 't-1',
            side: 'buy',
            amount: 0.0005,
            price: 40_000,
            cost: 20,
            fee: { currency: 'USD', amount: 0.12 },
            liquidity: 'taker',
            complete: true,
          },
        ],
      },
    });
    expect(stage.lastSent('GET /orders/historical/fills')).toMatchObject({ order_ids: 'cb-1' });
  });

  it('whose fills are not all shown yet is asked for again', async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder({ status: 'FILLED', filled_size: '0.0005' }));
    stage.says('GET /orders/historical/fills', json({ fills: [], cursor: '' }));
    const answer = stage.gateway.find('l1-1', BTC.symbol);
    for (const ms of [500, 1_000, 2_000]) {
      await stage.clock.armed(1);
      stage.clock.advance(ms);
    }
    expect(await answer).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
  });

  it('is looked for on later pages, and not for ever', async () => {
    const stage = await aCoinbaseGateway();
    const orders = [coinbaseOrder({ client_order_id: 'other' })];
    stage.says('GET /orders/historical/batch', json({ orders, cursor: 'next' }));
    expect(await stage.gateway.find('l1-1', BTC.symbol)).toEqual({ ok: true, value: null });
    expect(stage.lastSent('GET /orders/historical/batch')).toMatchObject({ cursor: 'next' });
  });

  it.each(['PENDING', 'QUEUED', 'CANCEL_QUEUED', 'EDIT_QUEUED'])(
    'is open while %s',
    async (status) => {
      const stage = await aCoinbaseGateway();
      shows(stage, coinbaseOrder({ status }));
      expect(await stage.gateway.find('l1-1', BTC.symbol)).toMatchObject({
        value: { state: 'open' },
      });
    },
  );

  it('shows among all that are open under its own id', async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder(), coinbaseOrder({ order_id: 'cb-2', client_order_id: 'by hand' }));
    const open = await stage.gateway.openOrders([BTC.symbol]);
    expect(open.ok && open.value.map(({ orderId }) => orderId)).toEqual(['l1-1', 'by hand']);
  });
});

describe('a cancellation at Coinbase', () => {
  const CANCELS = 'POST /orders/batch_cancel';

  it("goes by Coinbase's id, and is over when the order is", async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder());
    const results = [{ success: true, failure_reason: 'UNKNOWN_CANCEL_FAILURE_REASON' }];
    stage.says(CANCELS, json({ results }));
    expect(await stage.gateway.cancel('l1-1', BTC.symbol)).toEqual({
      kind: 'unknown',
      sentence: 'Coinbase is still cancelling the order; it is looked up.',
    });
    expect(stage.lastSent(CANCELS)).toEqual({ order_ids: ['cb-1'] });
  });

  it('of an order that has ended, or never was, finds it gone', async () => {
    const stage = await aCoinbaseGateway();
    expect(await stage.gateway.cancel('l1-1', BTC.symbol)).toEqual({ kind: 'gone' });
    shows(stage, coinbaseOrder({ status: 'CANCELLED' }));
    expect(await stage.gateway.cancel('l1-1', BTC.symbol)).toEqual({ kind: 'gone' });
    expect(stage.lastSent(CANCELS)).toBeUndefined();
  });

  it('that is refused is unknown while the order is open', async () => {
    const stage = await aCoinbaseGateway();
    shows(stage, coinbaseOrder());
    const results = [{ success: false, failure_reason: 'COMMANDER_REJECTED_CANCEL_ORDER' }];
    stage.says(CANCELS, json({ results }));
    expect(await stage.gateway.cancel('l1-1', BTC.symbol)).toMatchObject({ kind: 'unknown' });
  });
});

describe('an account at Coinbase', () => {
  const account = (currency: string, value: string, hold: string): unknown => ({
    currency,
    type: 'ACCOUNT_TYPE_CRYPTO',
    available_balance: { value, currency },
    hold: { value: hold, currency },
  });

  it('holds what is free and what is held, in plain names', async () => {
    const stage = await aCoinbaseGateway();
    const accounts = [account('BTC', '0.4', '0.1'), account('USD', '20', '0')];
    stage.says('GET /accounts', json({ accounts, has_next: false, cursor: '' }));
    expect(await stage.gateway.balances()).toEqual({
      ok: true,
      value: { BTC: { free: 0.4, locked: 0.1 }, USD: { free: 20, locked: 0 } },
    });
  });

  it('has a key that trades and cannot transfer', async () => {
    const stage = await aCoinbaseGateway();
    stage.says('GET /accounts', json({ accounts: [], has_next: false, cursor: '' }));
    const rights = { can_view: true, can_trade: true, can_transfer: false };
    stage.says('GET /key_permissions', json(rights));
    expect(await stage.gateway.validateKey()).toEqual({
      ok: true,
      value: { canTrade: true, withdrawals: 'refused-by-exchange' },
    });
    stage.says('GET /key_permissions', json({ ...rights, can_transfer: true }));
    expect(await stage.gateway.validateKey()).toEqual({
      ok: false,
      error: {
        code: 'EXCHANGE_REFUSED',
        sentence:
          'This key can withdraw from Coinbase, and no key that can is used here. Open API keys at portal.cdp.coinbase.com and make a key without the permission Transfer.',
      },
    });
    stage.says('GET /key_permissions', json({ ...rights, can_trade: false }));
    expect(await stage.gateway.validateKey()).toMatchObject({ ok: false });
  });

  it('has rules, a fee and a clock', async () => {
    const { gateway } = await aCoinbaseGateway();
    expect(await gateway.instrument(BTC.symbol)).toEqual({
      ok: true,
      value: { ...BTC, minCost: 1 / 0.99 },
    });
    expect(await gateway.fees(BTC.symbol)).toEqual({
      ok: true,
      value: { maker: 0.004, taker: 0.006 },
    });
    expect(await gateway.health()).toMatchObject({ value: { clockSkewMs: 499.5, status: 'ok' } });
  });
});
