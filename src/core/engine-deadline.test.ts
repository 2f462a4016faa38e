/** From the moment that an entry may have filled a clock runs: unguarded coins are told of, once, and when it is over. */

import { describe, expect, it } from 'vitest';
import type { Decision } from './events.ts';
import { alerts, sent, Stage } from './testing/stage.ts';

const STOP = { stop: { kind: 'price', price: 95 } } as const;

function told(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap((decision) => (decision.kind === 'alert' ? [decision.sentence] : []));
}

function lookUps(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap((decision) => (decision.kind === 'look-up' ? [decision.orderId] : []));
}

describe('an entry at the market of which nobody tells', () => {
  it('is told of within two seconds, with what may be held, and again when its stop is proven', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(STOP);
    expect(lookUps(stage.accepted('o1'))).toEqual(['o1']);
    expect(stage.later(1_999)).toEqual([]);
    const late = stage.later(1);
    expect(alerts(late)).toEqual(['POSITION_UNGUARDED']);
    expect(told(late)[0]).toContain('up to 50.00 USDT BTC/USDT may have been bought');
    expect(stage.later(60_000)).toEqual([]);
    expect(sent(stage.filled('o1', 0.5, 100))).toMatchObject([{ type: 'stop-loss' }]);
    expect(alerts(stage.accepted('o2'))).toEqual(['POSITION_GUARDED']);
  });

  it('is told of also when it was sent on a price, which brings no time of this computer', () => {
    const stage = new Stage({ bots: [] });
    expect(stage.engine.nextDeadline).toBeNull();
    const strategic = new Stage();
    strategic.quote(100);
    strategic.bot().wish({
      time: strategic.now,
      price: 100,
      limit: null,
      protection: { stop: STOP.stop, target: null, trailing: null, maxHoldMs: null },
      sizing: { kind: 'fixed', cost: 20 },
    });
    strategic.quote(100);
    expect(strategic.engine.nextDeadline).toBe(-Infinity);
    expect(alerts(strategic.later(2_000))).toEqual(['POSITION_UNGUARDED']);
  });

  it('is nothing to tell of where the fill and its stop come in time', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(STOP);
    stage.later(500);
    stage.filled('o1', 0.5, 100);
    stage.later(500);
    expect(stage.accepted('o2')).toEqual([]);
    expect(stage.later(60_000)).toEqual([]);
    expect(stage.engine.nextDeadline).toBeNull();
  });

  it('that bought nothing after all is told of too', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(STOP);
    stage.accepted('o1');
    expect(alerts(stage.later(2_000))).toEqual(['POSITION_UNGUARDED']);
    expect(alerts(stage.cancelled('o1', 0))).toEqual(['POSITION_GUARDED']);
  });
});

describe('a limit whose price the market has reached', () => {
  it('is asked for, and may have bought', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ ...STOP, limit: 98 });
    stage.accepted('o1');
    expect(stage.later(60_000)).toEqual([]);
    expect(lookUps(stage.quote(98))).toEqual(['o1']);
    expect(lookUps(stage.quote(97))).toEqual([]);
    expect(alerts(stage.later(2_000))).toEqual(['POSITION_UNGUARDED']);
  });
});

describe('a stop whose placing is not confirmed', () => {
  it('is told of after two seconds, and the engine sells at its level itself', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(STOP);
    stage.filled('o1', 0.5, 100);
    stage.tell({ kind: 'order-unknown', orderId: 'o2', time: stage.now, sentence: 'No answer.' });
    expect(told(stage.later(2_000))[0]).toContain('0.5 BTC of BTC/USDT are held');
    stage.restart();
    expect(alerts(stage.accepted('o2'))).toEqual(['POSITION_GUARDED']);
  });
});

describe('a clock that is set back', () => {
  it('keeps no deadline from coming', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy(STOP);
    stage.now -= 3_600_000;
    stage.tell({ kind: 'tick', time: stage.now });
    expect(alerts(stage.later(2_000))).toEqual(['POSITION_UNGUARDED']);
  });
});
