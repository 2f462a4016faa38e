/** A live account whose books could not be written: nothing stays without a watch until somebody starts the app anew. */

import { expect, it } from 'vitest';
import { BTC_PRICE, LiveExchange } from './testing/live-exchange.ts';

const FULL = 'Trading has stopped because of a fault: database or disk is full';

/** With a position, and no room for what happens next. Its end waits for answers, and time has to pass meanwhile: `elapse`. */
async function brokenOff(): Promise<LiveExchange> {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  stage.isDiskFull = true;
  await stage.refusal('trading.reduce', { account: 'live' });
  expect(stage.live.account()?.status().fault).toContain(FULL);
  return stage;
}

it('is opened again by itself as soon as there is room, guards what is held, and says why', async () => {
  const stage = await brokenOff();
  const broken = stage.live.account();
  await stage.pass(30_000);
  // There is nothing to write on yet.
  expect(stage.live.account()).toBe(broken);
  stage.isDiskFull = false;
  do {
    await stage.elapse(1_000);
  } while (stage.live.hasBrokenOff || stage.live.account() === null);
  const status = await stage.status();
  expect(status.fault).toContain(FULL);
  expect(status.fault).toContain('opened again');
  expect(status).toMatchObject({ tradingState: 'halted', positions: [{ guardPlace: 'exchange' }] });
  expect(stage.live.isLive).toBe(false);
  // The level is the engine's again: the stop that rested is gone, and the position is sold all the same.
  stage.simulator.control.cancelAllByHand();
  stage.quote(BTC_PRICE * 0.9);
  do {
    await stage.elapse(1_000);
    stage.quote(BTC_PRICE * 0.9);
  } while ((await stage.status()).positions.length > 0);
  expect(Number(stage.simulator.control.truth().balances['BTC']?.locked)).toBe(0);
  stage.faults.splice(0);
});

it('is told of until trading is armed', async () => {
  const stage = await brokenOff();
  stage.isDiskFull = false;
  do {
    await stage.elapse(1_000);
  } while (stage.live.hasBrokenOff || stage.live.account() === null);
  await stage.call('trading.arm', { account: 'live' });
  expect(await stage.status()).toMatchObject({ fault: null, tradingState: 'reducing' });
  stage.faults.splice(0);
});

it('is not taken from under a stop that is still to be carried out past it', async () => {
  const stage = await brokenOff();
  const broken = stage.live.account();
  stage.isDiskFull = false;
  // No time passes from here on: nobody has begun to carry it out.
  stage.stops.press(true);
  await stage.live.takeUpAgain();
  expect(stage.live.account()).toBe(broken);
  stage.faults.splice(0);
});

it('is opened again though its key is locked by now, and stays in reach of a stop', async () => {
  const stage = await brokenOff();
  stage.vault.isLocked = true;
  stage.isDiskFull = false;
  do {
    await stage.elapse(1_000);
  } while (stage.live.hasBrokenOff || stage.live.account() === null);
  expect((await stage.status()).positions).toMatchObject([{ guardPlace: 'exchange' }]);
  const stop = stage.stop(true);
  await stage.pass(12_000);
  expect(await stop).toMatchObject({ state: 'carried-out', sold: ['BTC/USDT'], notSold: [] });
  // Once it has been ended by hand, the key is asked for as ever.
  await stage.call('live.disconnect', {});
  expect(await stage.refusal('live.connect', {})).toMatchObject({ code: 'VAULT_LOCKED' });
  stage.faults.splice(0);
});

it('is opened again under a stop that waits for the person to settle what is in doubt', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  const { control } = stage.simulator;
  control.transfer('BTC', '0.1');
  await stage.check();
  control.cancelAllByHand();
  control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.05' });
  do {
    await stage.elapse(1_000);
  } while ((await stage.status()).positions[0]?.verdict.kind !== 'quarantined');
  stage.isDiskFull = true;
  await stage.refusal('trading.reduce', { account: 'live' });
  const stop = stage.stop(true);
  await stage.pass(12_000);
  expect(await stop).toMatchObject({ state: 'not-yet', notSold: ['BTC/USDT'] });
  stage.isDiskFull = false;
  do {
    await stage.elapse(1_000);
  } while (stage.live.hasBrokenOff || stage.live.account()?.isReconciled !== true);
  await stage.call('positions.write-off', { account: 'live', botId: 'test BTC/USDT' });
  do {
    await stage.elapse(1_000);
  } while ((await stage.call('trading.stop-report', {}))?.state !== 'carried-out');
  expect(control.truth().fills.filter(({ side }) => side === 'SELL')).toHaveLength(1);
  stage.faults.splice(0);
});
