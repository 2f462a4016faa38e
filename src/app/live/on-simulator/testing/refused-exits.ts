/** An hour, or as long as is wanted, in which an exchange takes no order, while what is held falls through its stops. */

import { expect } from 'vitest';
import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import { Chance } from '../../../trading/on-simulator/testing/chance.ts';
import type { Refusal } from './refusals.ts';
import { SoakStage } from './soak-stage.ts';

export interface RefusedSetting {
  readonly seed: number;
  readonly minutes: number;
  readonly refusal: Refusal;
}

const BTC_BOT = 'by hand BTC';
const ETH_BOT = 'by hand ETH';

/** The person's own, which nobody may sell. */
const OWN_BTC = 0.1;

/** Alerts of one trouble: that it began, that it is over, and what is told of the order itself. */
const MOST_ALERTS_OF_A_POSITION = 6;

/** @throws where a figure is past its bound */
export async function refuseExits({ seed, minutes, refusal }: RefusedSetting) {
  const { venue, through } = refusal;
  const stage = await SoakStage.open({
    venue,
    balances: { USDT: '10000', BTC: String(OWN_BTC), ETH: '0' },
    own: { BTC: OWN_BTC },
    ...(through && { through }),
  });
  const chance = new Chance(seed);
  await prepare(stage);
  // One fills at the moment from when on nothing is taken any more, the other loses its guard to the person.
  stage.hand.movePrice('BTCUSDT', '58900');
  refusal.begin(stage);
  await stage.price('BTCUSDT', 58_900);
  stage.gauge.takeGuard('ETHUSDT');
  stage.hand.cancelAllByHand();
  await fall(stage, chance, minutes);
  const alerts = stage.alerts.length;
  refusal.end(stage);
  await stage.price('BTCUSDT', 55_000);
  await stage.price('ETHUSDT', 2_700);
  await stage.advance(refusal.longestPauseMs + MINUTE_MS);
  stage.look();
  const figures = { ...stage.gauge.figures, alerts: stage.alerts.length };
  stage.gauge.expectSound();
  expect(figures.trades).toBe(2);
  expect(stage.faults).toEqual([]);
  expect(stage.account.session.fault).toBeNull();
  expect(isHeld(stage), 'held after the end').toBe(false);
  expect(btc(stage), 'coins of the person').toBeGreaterThanOrEqual(OWN_BTC - 1e-9);
  expect(alerts, 'alerts').toBeLessThanOrEqual(2 * MOST_ALERTS_OF_A_POSITION);
  return figures;
}

/** A limit that waits below the price, and a position with its stop. */
async function prepare(stage: SoakStage): Promise<void> {
  await stage.price('BTCUSDT', 60_000);
  await stage.price('ETHUSDT', 3_000);
  await stage.addBot(BTC_BOT, 'BTC/USDT');
  await stage.addBot(ETH_BOT, 'ETH/USDT');
  await stage.goLive();
  const limit = { botId: BTC_BOT, cost: 40, limit: 59_000, stop: 58_000, target: null };
  const market = { botId: ETH_BOT, cost: 40, limit: null, stop: 2_940, target: null };
  expect(await stage.enter(limit)).toBeNull();
  expect(await stage.enter(market)).toBeNull();
  await stage.until(
    () => stage.account.session.engine.bots.get(ETH_BOT).holding.guardPlace === 'exchange',
  );
  await stage.advance(5_000);
}

/** Prices fall and rise and fall again; somebody presses every button there is, now and then many times. */
async function fall(stage: SoakStage, chance: Chance, minutes: number): Promise<void> {
  let [btcPrice, ethPrice] = [58_900, 3_000];
  const end = stage.clock.now() + minutes * MINUTE_MS;
  while (stage.clock.now() < end) {
    await stage.advance(chance.whole(1_000, 20_000));
    btcPrice = Math.max(54_000, btcPrice * chance.between(0.99, 1.007));
    ethPrice = Math.max(2_600, ethPrice * chance.between(0.99, 1.007));
    await stage.price('BTCUSDT', btcPrice);
    await stage.price('ETHUSDT', ethPrice);
    const presses = chance.isTrue(0.2) ? chance.whole(1, 10) : 0;
    for (let press = 0; press < presses; press += 1) {
      stage.account.closePosition(chance.oneOf([BTC_BOT, ETH_BOT]));
      await stage.settled();
    }
  }
}

function isHeld(stage: SoakStage): boolean {
  return ['BTCUSDT', 'ETHUSDT'].some((symbol) =>
    stage.gauge.trips.isHeld(symbol, stage.priceOf(symbol)),
  );
}

function btc(stage: SoakStage): number {
  const { free = 0, locked = 0 } = stage.truth.balances['BTC'] ?? {};
  return Number(free) + Number(locked);
}
