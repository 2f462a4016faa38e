/** Whatever is ordered through ccxt and however the price moves, the money adds up. */

import { ExchangeError } from 'ccxt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUnits, times, units, type Units } from '../exchange-simulator/decimal.ts';
import type { Truth } from '../exchange-simulator/truth.ts';
import { openStage, type Stage } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';
const TAKER = units('0.008');

const side = fc.constantFrom('buy', 'sell');
const act = fc.oneof(
  fc.record({
    kind: fc.constant('order'),
    side,
    type: fc.constantFrom('market', 'limit'),
    amount: fc.integer({ min: 1, max: 12_000 }).map((lots) => lots / 100_000),
    price: fc.integer({ min: 580_000, max: 620_000 }).map((tenths) => tenths / 10),
    trigger: fc.constantFrom({}, {}, { stopLossPrice: 59_500 }, { takeProfitPrice: 60_500 }),
  }),
  fc.record({ kind: fc.constant('spend'), cost: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ kind: fc.constant('cancel'), which: fc.nat() }),
  fc.record({ kind: fc.constant('move'), price: fc.integer({ min: 58_000, max: 62_000 }) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function perform({ client, control }: Stage, action: Act): Promise<void> {
  if ('price' in action && !('side' in action)) {
    control.movePrice('BTCUSDT', action.price.toString());
  } else if ('side' in action) {
    const { type, amount, price, trigger } = action;
    await client.createOrder(BTC, type, action.side, amount, price, trigger);
  } else if ('cost' in action) await client.createMarketBuyOrderWithCost(BTC, action.cost);
  else {
    const open = await client.fetchOpenOrders(BTC);
    const order = open[action.which % Math.max(1, open.length)];
    if (order) await client.cancelOrder(order.id ?? '');
  }
}

/** What the account should own after these trades. */
function expectedTotals({ fills }: Truth): readonly [Units, Units] {
  let [coins, money] = [units('0.1'), units('10000')];
  for (const fill of fills) {
    const sign = fill.side === 'BUY' ? 1n : -1n;
    coins += sign * units(fill.quantity);
    money -= sign * units(fill.quote) + units(fill.commission);
    expect(fill.commissionAsset).toBe('USDT');
  }
  return [coins, money];
}

/** What the open orders should hold back: a buy its cost and a taker's fee. */
function expectedHolds({ orders }: Truth): readonly [Units, Units] {
  let [coins, money] = [0n, 0n];
  for (const order of orders) {
    if (order.status !== 'NEW' && order.status !== 'PARTIALLY_FILLED') continue;
    const left = units(order.quantity) - units(order.filled);
    const cost = times(units(order.price), left);
    if (order.side === 'SELL') coins += left;
    else money += cost + times(cost, TAKER);
  }
  return [coins, money];
}

async function check({ client, control }: Stage): Promise<void> {
  const truth = control.truth();
  const balance = await client.fetchBalance();
  for (const [index, asset] of ['BTC', 'USDT'].entries()) {
    const total = expectedTotals(truth)[index] ?? -1n;
    const used = expectedHolds(truth)[index] ?? -1n;
    expect(used <= total).toBe(true);
    expect(balance[asset]).toMatchObject({
      total: Number(formatUnits(total)),
      used: Number(formatUnits(used)),
    });
  }
}

test('balances follow from the trades, and what is held back from the open orders', async () => {
  let fills = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 25, size: 'max' }),
      fc.constantFrom(100, 37),
      async (acts, percent) => {
        const stage = await openStage();
        stage.control.fault({ kind: 'partial-fills', percent });
        for (const action of acts) {
          await perform(stage, action).catch((error: unknown) => {
            if (!(error instanceof ExchangeError)) throw error;
          });
          await check(stage);
        }
        const truth = stage.control.truth();
        const trades = await stage.client.fetchMyTrades(BTC);
        expect(trades).toHaveLength(Math.min(50, truth.fills.length));
        fills += truth.fills.length;
      },
    ),
    { numRuns: 30 },
  );
  expect(fills).toBeGreaterThan(100);
}, 30_000);
