/** Stories of a live engine: this happens at the exchange, and exactly this is decided. */

import { describe, expect, it } from 'vitest';
import { alerts, cancels, denials, manualBot, sent, Stage } from './testing/stage.ts';

const stopAt = (price: number) => ({ stop: { kind: 'price', price } as const });

/** Half a BTC bought at 100 with a stop at 90, which rests as `o2`. */
function holding(setting: ConstructorParameters<typeof Stage>[0] = {}): Stage {
  const stage = new Stage(setting);
  stage.quote(100);
  expect(sent(stage.buy(stopAt(90)))).toMatchObject([{ id: 'o1', size: { cost: 50 } }]);
  stage.accepted('o1');
  stage.filled('o1', 0.5, 100);
  if (setting.restingExits !== 'none') stage.accepted('o2');
  return stage;
}

describe('fills that come late, early or twice', () => {
  it('a fill after the cancellation counts, and what it bought is guarded', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ ...stopAt(90), limit: 99 });
    expect(cancels(stage.tell({ kind: 'bot-paused', time: stage.now, botId: 'b' }))).toEqual([
      'o1',
    ]);
    stage.cancelled('o1');
    const decided = stage.filled('o1', 0.5, 99);
    expect(sent(decided)).toMatchObject([{ type: 'stop-loss', size: { amount: 0.5 }, price: 90 }]);
    expect(stage.bot().holding.position.amount).toBe(0.5);
  });

  it('a fill before the acceptance counts, and the acceptance adds the id of the exchange only', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(stopAt(90));
    expect(sent(stage.filled('o1', 0.5, 100))).toMatchObject([{ type: 'stop-loss' }]);
    expect(stage.accepted('o1')).toEqual([]);
    expect(stage.engine.orders.get('o1')).toMatchObject({ state: 'filled', exchangeId: 'xo1' });
  });

  it('a fill that is told twice counts once', () => {
    const stage = holding();
    const cash = stage.held('USDT');
    expect(stage.filled('o1', 0.5, 100, { id: 'f1' })).toEqual([]);
    expect([stage.held('BTC'), stage.held('USDT')]).toEqual([0.5, cash]);
  });

  it('partial fills resize the stop: the old one is withdrawn before the new one is placed', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(stopAt(90));
    expect(sent(stage.filled('o1', 0.2, 100, { complete: false }))).toMatchObject([
      { id: 'o2', type: 'stop-loss', size: { amount: 0.2 } },
    ]);
    stage.accepted('o2');
    const grown = stage.filled('o1', 0.3, 100);
    expect([sent(grown), cancels(grown)]).toEqual([[], ['o2']]);
    expect(sent(stage.cancelled('o2'))).toMatchObject([
      { id: 'o3', type: 'stop-loss', size: { amount: 0.5 }, price: 90 },
    ]);
  });
});

describe('a stop', () => {
  it('that the exchange refuses is watched by the engine, and the person is told', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(stopAt(90));
    stage.filled('o1', 0.5, 100);
    const refused = stage.rejected('o2');
    expect([sent(refused), alerts(refused)]).toEqual([[], ['STOP_NOT_RESTING']]);
    expect(stage.bot().holding.guardPlace).toBe('engine');
    expect(stage.quote(91)).toEqual([]);
    expect(sent(stage.quote(90))).toMatchObject([
      { type: 'market', size: { amount: 0.5 }, reason: 'stop-loss' },
    ]);
  });

  it('that the price has passed for 10 s without a fill is withdrawn and sold at the market', () => {
    const stage = holding();
    expect(stage.quote(89)).toEqual([]);
    stage.now += 9_999;
    expect(stage.quote(88)).toEqual([]);
    stage.now += 1;
    const decided = stage.quote(88);
    expect([alerts(decided), cancels(decided)]).toEqual([['STOP_DID_NOT_FILL'], ['o2']]);
    expect(sent(stage.cancelled('o2'))).toMatchObject([
      { type: 'market', size: { amount: 0.5 }, reason: 'stop-loss' },
    ]);
  });

  it('that the price passes and comes back over has 10 s again the next time, restart or not', () => {
    const stage = holding();
    stage.quote(89);
    stage.now += 5_000;
    stage.quote(91);
    stage.now += 5_000;
    expect(stage.quote(89)).toEqual([]);
    stage.restart();
    stage.now += 10_000;
    expect(alerts(stage.quote(89))).toEqual(['STOP_DID_NOT_FILL']);
  });

  it('that trails is raised at the close of a bar', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ trailing: 0.1 });
    expect(sent(stage.filled('o1', 0.5, 100))).toMatchObject([{ id: 'o2', price: 90 }]);
    stage.accepted('o2');
    stage.bar(100, 100, 100, 100);
    expect(stage.quote(120)).toEqual([]);
    const closed = stage.bar(100, 120, 100, 110);
    expect(cancels(closed)).toEqual(['o2']);
    expect(sent(stage.cancelled('o2'))).toMatchObject([
      { type: 'stop-loss', price: 108, reason: 'trailing-stop' },
    ]);
  });

  it('passes on a day whose limits are spent', () => {
    const stage = holding({ restingExits: 'none', cash: 1_000 });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'USDT', amount: -900 });
    for (let trade = 1; trade < 20; trade += 1) stage.engine.account.countTrade();
    const decided = stage.quote(85);
    expect(alerts(decided)).toEqual(['DAILY_LOSS_LIMIT']);
    expect(stage.engine.account.day).toMatchObject({ trades: 20, lossLimitBreached: true });
    expect(sent(decided)).toMatchObject([
      { type: 'market', side: 'sell', size: { amount: 0.5 }, reason: 'stop-loss' },
    ]);
  });
});

describe('an exit', () => {
  it('that never arrived is sent again, as often as it takes, with growing pauses', () => {
    const stage = holding({ restingExits: 'none' });
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    for (const [lost, pause] of [
      ['o2', 1_000],
      ['o3', 2_000],
      ['o4', 4_000],
    ] as const) {
      expect(sent(stage.tell({ kind: 'order-lost', orderId: lost, time: stage.now }))).toEqual([]);
      expect(sent(stage.later(pause - 1))).toEqual([]);
      expect(sent(stage.later(1))).toMatchObject([{ type: 'market' }]);
    }
  });

  it('by time is made at the first close after it', () => {
    const stage = new Stage({ restingExits: 'none' });
    stage.quote(100);
    stage.buy({ ...stopAt(90), maxHoldMs: 120_000 });
    stage.filled('o1', 0.5, 100);
    expect(stage.bar(100, 100, 100, 100)).toEqual([]);
    expect(stage.bar(100, 100, 100, 100)).toEqual([]);
    expect(sent(stage.bar(100, 100, 100, 100))).toMatchObject([
      { type: 'market', reason: 'time-exit', size: { amount: 0.5 } },
    ]);
  });
});

describe('the day', () => {
  it('that falls by 5.01 % through an open position alone switches live mode off at that price', () => {
    const stage = new Stage({ restingExits: 'none', cash: 1_000 });
    stage.quote(100);
    stage.buy(stopAt(85));
    stage.filled('o1', 0.5, 100);
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'USDT', amount: -900 });
    expect(stage.engine.orders.open).toEqual([]);
    expect(stage.quote(90)).toEqual([]);
    expect(stage.quote(89.98)).toMatchObject([
      { kind: 'live-off' },
      { kind: 'alert', code: 'DAILY_LOSS_LIMIT' },
    ]);
    expect(denials(stage.buy(stopAt(80)))).toEqual(['POSITION_OPEN']);
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    stage.filled('o2', 0.5, 89.98);
    expect(denials(stage.buy(stopAt(80)))).toEqual(['DAILY_LOSS_LIMIT']);
  });

  it('takes a withdrawal of half the balance for no loss', () => {
    const stage = holding();
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'USDT', amount: -5_000 });
    expect(stage.quote(100)).toEqual([]);
    expect(stage.engine.account.day).toMatchObject({
      openingEquity: 5_000,
      lossLimitBreached: false,
    });
  });
});

describe('the emergency stop', () => {
  it('keeps protective stops', () => {
    const stage = holding();
    const decided = stage.tell({ kind: 'halt', time: stage.now, flatten: false });
    expect(decided.map(({ kind }) => kind)).toEqual(['alert']);
    expect(stage.bot().holding.guardPlace).toBe('exchange');
    expect(denials(stage.buy(stopAt(90), 'b'))).toEqual(['POSITION_OPEN']);
  });

  it('with flatten withdraws the stop and sells', () => {
    const stage = holding();
    const decided = stage.tell({ kind: 'halt', time: stage.now, flatten: true });
    expect([cancels(decided), alerts(decided)]).toEqual([['o2'], ['EMERGENCY_STOP']]);
    expect(sent(stage.cancelled('o2'))).toMatchObject([
      { type: 'market', reason: 'emergency-stop', size: { amount: 0.5 } },
    ]);
  });

  it('lasts until it is armed again', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.tell({ kind: 'halt', time: stage.now, flatten: false });
    expect(denials(stage.buy(stopAt(90)))).toEqual(['TRADING_HALTED']);
    stage.restart();
    expect(denials(stage.buy(stopAt(90)))).toEqual(['TRADING_HALTED']);
    stage.tell({ kind: 'reduce', time: stage.now });
    expect(denials(stage.buy(stopAt(90)))).toEqual(['TRADING_REDUCING']);
    stage.tell({ kind: 'arm', time: stage.now });
    expect(sent(stage.buy(stopAt(90)))).toHaveLength(1);
  });
});

describe('a strategy that throws', () => {
  it('stops its own bot only, and what that holds stays guarded', () => {
    const stage = holding({ bots: [manualBot('b'), manualBot('c')] });
    const { setup } = stage.bot('b');
    const next = () => {
      throw new Error('Out of range.');
    };
    Object.assign(setup, { strategy: { next } });
    const decided = stage.bar(100, 100, 100, 100);
    expect(alerts(decided)).toEqual(['BOT_FAILED']);
    expect(stage.bot('b').status).toBe('failed');
    expect(stage.bot('b').error).toContain('Out of range');
    expect(stage.bot('b').holding.guardPlace).toBe('exchange');
    expect(stage.bot('c').status).toBe('running');
    stage.quote(100);
    expect(sent(stage.buy(stopAt(90), 'c'))).toHaveLength(1);
  });
});

describe('a market exit that sells a part and ends', () => {
  it('is asked again for the rest, however often, and not given up', () => {
    const stage = holding({ restingExits: 'none' });
    let asked = sent(stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' }));
    for (let part = 1; part <= 4; part += 1) {
      const [order] = asked;
      if (order === undefined) throw new Error('Nothing is asked for.');
      stage.accepted(order.id);
      stage.filled(order.id, 0.1, 100, { complete: false });
      const decided = stage.cancelled(order.id, 0.1);
      expect(alerts(decided)).not.toContain('EXIT_FAILED');
      asked = sent(decided);
      expect(asked).toMatchObject([{ type: 'market', side: 'sell' }]);
    }
    expect(stage.bot().holding.position.amount).toBeCloseTo(0.1, 12);
  });
});

describe('coins that no bot trades', () => {
  it('are worth their last price, and what they lose counts as a loss of the day', () => {
    const stage = new Stage({ cash: 900 });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'ETH', amount: 1 });
    expect(stage.engine.account.equity()).toBe(900);
    expect(stage.quote(100, 'ETH/USDT')).toEqual([]);
    expect(stage.engine.account.equity()).toBe(1_000);
    expect(alerts(stage.quote(49, 'ETH/USDT'))).toEqual(['DAILY_LOSS_LIMIT']);
  });

  it('and that are not held change nothing', () => {
    const stage = new Stage();
    const before = stage.engine.state();
    stage.quote(100, 'DOGE/USDT');
    expect(stage.engine.state()).toEqual(before);
  });
});
