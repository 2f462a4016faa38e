import { expect, it } from 'vitest';
import { LiveExchange } from './live/testing/live-exchange.ts';

it('a glance tells what is open with real money, also when live mode is off by then', async () => {
  const stage = await LiveExchange.live();
  expect(stage.controls.glance()).toMatchObject({ mode: 'live', openLive: 0 });
  await stage.buy(20);
  await stage.pass(4_000);
  stage.live.switchOff();
  expect(stage.controls.glance()).toMatchObject({ mode: 'paper', openPositions: 1, openLive: 2 });
});
