/** What an order was decided by is asked for again at the moment that it leaves, after whatever it waited for. */

import { expect, it } from 'vitest';
import { approvedBuy } from '../../conformance/approved-orders.ts';
import { aGateway, BTC } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';

it.each([
  ['Binance US', () => aGateway()],
  ['Kraken', () => aKrakenGateway()],
])('an order to %s that must not leave any more does not', async (_, opened) => {
  const { gateway, simulator } = await opened();
  const held = await gateway.submit(approvedBuy(BTC, 'p-1', 40, 50_000), () => 'It is too late.');
  expect(held).toEqual({ kind: 'rejected', refusal: 'for-good', sentence: 'It is too late.' });
  expect(simulator.control.truth().orders).toEqual([]);
  expect(await gateway.find('p-1', BTC.symbol)).toEqual({ ok: true, value: null });
});

it('it is asked after the pause that the exchange had asked for, not before', async () => {
  const { gateway, simulator, clock } = await aGateway();
  await gateway.balances();
  simulator.control.fault({ kind: 'rate-limit', retryAfterSeconds: 2, path: '/account' });
  const read = gateway.balances();
  await clock.armed(1);
  let isLate = false;
  const answer = gateway.submit(approvedBuy(BTC, 'p-1', 40, 50_000), () =>
    isLate ? 'It is too late.' : null,
  );
  await clock.armed(2);
  isLate = true;
  clock.advance(2_000);
  expect(await answer).toMatchObject({ kind: 'rejected', sentence: 'It is too late.' });
  expect(simulator.control.truth().orders).toEqual([]);
  expect(await read).toMatchObject({ ok: true });
});
