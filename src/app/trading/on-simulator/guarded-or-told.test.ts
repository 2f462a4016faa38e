/** Coins that nothing guards, on the exchange simulator: the person knows within two seconds, and few orders are sent. */

import { describe, expect, it } from 'vitest';
import { NO_PROTECTION } from '../../../core/domain/order.ts';
import { BTC } from './testing/instruments.ts';
import { SimulatorStage } from './testing/simulator-stage.ts';
import { BOT } from './testing/stories.ts';

const TIMEOUT_MS = 60_000;

async function entered(stage: SimulatorStage): Promise<void> {
  await stage.addBot(BOT, BTC);
  await stage.price(BTC, '60000');
  await stage.advance(1_000);
  stage.account.session.dispatch({
    kind: 'entry-by-hand',
    time: stage.clock.now(),
    botId: BOT.id,
    cost: 40,
    limit: null,
    protection: { ...NO_PROTECTION, stop: { kind: 'price', price: 59_000 } },
  });
  await stage.settled();
}

const alerts = (stage: SimulatorStage) =>
  stage.store.alerts(stage.account.id, 100).map(({ code }) => code);

describe('an accepted entry whose trades the exchange does not show', () => {
  it('is guarded within two seconds, or the person is told', { timeout: TIMEOUT_MS }, async () => {
    const stage = await SimulatorStage.open({ pulseMs: 5_000 });
    stage.fault({
      kind: 'body',
      body: '[]',
      effect: 'before',
      method: 'GET',
      path: '/myTrades',
      times: 1_000,
    });
    await entered(stage);
    await stage.advance(2_100);
    const isGuarded = stage.bot(BOT.id).holding.guardPlace === 'exchange';
    expect(isGuarded || alerts(stage).includes('POSITION_UNGUARDED')).toBe(true);
    stage.simulator.control.clearFaults();
    await stage.advance(60_000);
    expect(stage.bot(BOT.id).holding.guardPlace).toBe('exchange');
    if (!isGuarded) expect(alerts(stage)).toContain('POSITION_GUARDED');
  });
});

describe('a stop cancelled and the coins sold by hand, the price below the stop', () => {
  it('costs few orders and few alerts, however long', { timeout: TIMEOUT_MS }, async () => {
    const stage = await SimulatorStage.open({ pulseMs: 100 });
    await entered(stage);
    await stage.advance(3_000);
    const { amount } = stage.bot(BOT.id).holding.position;
    expect(amount).toBeGreaterThan(0);
    stage.simulator.control.cancelAllByHand();
    const quantity = (Math.floor(amount * 1e5) / 1e5).toFixed(5);
    stage.simulator.control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity });
    const before = stage.wire.placed.length;
    await stage.price(BTC, '58000');
    await stage.advance(30_000);
    expect(stage.wire.placed.length - before).toBeLessThanOrEqual(8);
    const told = alerts(stage).filter((code) => code !== 'ORDER_UNKNOWN');
    expect(told.length).toBeLessThanOrEqual(3);
    expect(new Set(told).size).toBe(told.length);
  });
});
