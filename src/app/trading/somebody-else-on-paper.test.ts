/** Somebody else in a paper account: money and coins that come and go beside the bots. What was not bought is not sold. */

import { expect, it } from 'vitest';
import type { TradingStatus } from '../../contract/trading.ts';
import { LiveStage } from './testing/live-stage.ts';

const OWN_BTC = 0.5;

/** In base: what sums of amounts may differ by. */
const ROUNDING = 1e-9;

/** 20 USDT in a position with its stop, beside coins of the person that were paid in. */
async function withPosition(): Promise<LiveStage> {
  const stage = await LiveStage.open();
  await stage.begin();
  const botId = await stage.addBot();
  await stage.quote(100);
  await move(stage, 'BTC', OWN_BTC);
  expect(await stage.enter(botId, { cost: 20, stop: 95 })).toMatchObject({ kind: 'submitted' });
  await stage.quote(100);
  expect((await stage.status()).positions).toMatchObject([{ guardPlace: 'exchange' }]);
  return stage;
}

async function move(stage: LiveStage, currency: string, amount: number): Promise<void> {
  await stage.call('trading.transfer', { currency, amount });
}

const held = ({ balances }: TradingStatus, name: string): number =>
  balances.find(({ currency }) => currency === name)?.amount ?? 0;

it('money paid in and taken out while a stop rests is neither won nor lost, and the stop stays', async () => {
  const stage = await withPosition();
  const before = await stage.status();
  await move(stage, 'USDT', 500);
  await move(stage, 'USDT', -1_200);
  const after = await stage.status();
  expect(after.equity).toBeCloseTo(before.equity - 700, 6);
  expect(after.today.pnl).toBeCloseTo(before.today.pnl, 6);
  expect(after.positions).toMatchObject([{ guardPlace: 'exchange' }]);
  expect(await stage.alertCodes()).toEqual([]);
});

it('coins beside a position are not sold by its stop, by its button, or by the emergency stop', async () => {
  const stage = await withPosition();
  await stage.quote(94);
  expect((await stage.status()).positions).toEqual([]);
  expect(held(await stage.status(), 'BTC')).toBeGreaterThanOrEqual(OWN_BTC - ROUNDING);
  await stage.crash();
  await stage.quote(94);
  const [bot] = (await stage.status()).bots;
  if (bot === undefined) throw new Error('There is no bot.');
  const botId = bot.id;
  expect(await stage.enter(botId, { cost: 20, stop: 90 })).toMatchObject({ kind: 'submitted' });
  await stage.quote(94);
  expect((await stage.status()).positions).toHaveLength(1);
  await stage.call('bots.close', { botId });
  await stage.quote(94);
  expect((await stage.status()).positions).toEqual([]);
  expect(await stage.enter(botId, { cost: 20, stop: 90 })).toMatchObject({ kind: 'submitted' });
  await stage.quote(94);
  expect((await stage.status()).positions).toHaveLength(1);
  await stage.call('trading.stop', { flatten: true });
  await stage.quote(94);
  expect((await stage.status()).positions).toEqual([]);
  expect(held(await stage.status(), 'BTC')).toBeGreaterThanOrEqual(OWN_BTC - ROUNDING);
});

it('coins that a stop holds cannot be taken out from under it, those beside it can', async () => {
  const stage = await withPosition();
  const [position] = (await stage.status()).positions;
  const all = held(await stage.status(), 'BTC');
  const input = { currency: 'BTC', amount: -all };
  expect(await stage.refusal('trading.transfer', input)).toBe('TRANSFER_REFUSED');
  await move(stage, 'BTC', -OWN_BTC);
  expect((await stage.status()).positions).toMatchObject([
    { guardPlace: 'exchange', amount: position?.amount },
  ]);
  await stage.quote(94);
  expect((await stage.status()).positions).toEqual([]);
  expect(await stage.alertCodes()).toEqual([]);
});
