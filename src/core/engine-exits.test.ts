/** Exits that do not succeed: few orders, a guard that is put back, one alert when it begins and one when it is over. */

import { describe, expect, it } from 'vitest';
import type { Decision } from './events.ts';
import { alerts, cancels, manualBot, sent, Stage } from './testing/stage.ts';

const SECOND = 1_000;
const STOP = { stop: { kind: 'price', price: 95 } } as const;

/** 0.5 BTC bought at 100, with a proven stop at 95 (order `o2`). */
function holding(over: ConstructorParameters<typeof Stage>[0] = {}): Stage {
  const stage = new Stage(over);
  stage.quote(100);
  stage.buy(STOP);
  stage.filled('o1', 0.5, 100);
  stage.accepted('o2');
  return stage;
}

function close(stage: Stage): readonly Decision[] {
  return stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
}

const kinds = (decisions: readonly Decision[]) => sent(decisions).map(({ type }) => type);
const ids = (decisions: readonly Decision[]) => sent(decisions).map(({ id }) => id);
const ofKind = (decisions: readonly Decision[], kind: Decision['kind']) =>
  decisions.filter((decision) => decision.kind === kind);

/** Quotes ten times a second, and everything that is sent is refused. */
function refusedFor(stage: Stage, ms: number, price: number): readonly Decision[] {
  const all: Decision[] = [];
  const waiting: string[] = [];
  const take = (decisions: readonly Decision[]): void => {
    all.push(...decisions);
    waiting.push(...ids(decisions));
  };
  for (let passed = 0; passed < ms; passed += 100) {
    take(stage.later(100));
    take(stage.quote(price));
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) take(stage.rejected(id));
  }
  return all;
}

describe('a stop that is cancelled at the exchange, and the coins sold there by hand', () => {
  it('costs few orders, and the person is told once of each thing, not of each attempt', () => {
    const stage = holding();
    // The comparison came before the sale.
    expect(kinds(stage.cancelled('o2', 0))).toEqual([]);
    expect(kinds(stage.agreed())).toEqual(['stop-loss']);
    const refused = stage.rejected('o3');
    const all = [...refused, ...refusedFor(stage, 30 * SECOND, 90)];
    expect(sent(all).length).toBeLessThanOrEqual(6);
    expect(alerts(all)).toEqual(['STOP_NOT_RESTING', 'EXIT_FAILED']);
    expect(ofKind(all, 'reconcile').length).toBeGreaterThan(0);
    const hour = refusedFor(stage, 60 * 60 * SECOND, 90);
    expect(sent(hour).length).toBeLessThanOrEqual(65);
    expect(alerts(hour)).toEqual([]);
    expect(sent(hour).length).toBeGreaterThan(30);
  });

  it('whatever is pressed in between', () => {
    const stage = holding();
    stage.cancelled('o2', 0);
    stage.agreed();
    stage.rejected('o3');
    let count = 0;
    for (let press = 0; press < 300; press += 1) {
      const decided = [
        ...stage.later(100),
        ...stage.quote(90),
        ...close(stage),
        ...stage.tell({ kind: 'halt', time: stage.now, flatten: true }),
      ];
      for (const id of ids(decided)) stage.rejected(id);
      count += sent(decided).length;
    }
    // At most one attempt a second.
    expect(count).toBeLessThanOrEqual(31);
  });
});

describe('a sale that is refused', () => {
  it('puts the stop back at once, is tried again, and is told of once and once when it is done', () => {
    const stage = holding();
    expect(cancels(close(stage))).toEqual(['o2']);
    expect(sent(stage.cancelled('o2'))).toMatchObject([{ id: 'o3', type: 'market' }]);
    const refused = stage.rejected('o3');
    expect(sent(refused)).toMatchObject([{ id: 'o4', type: 'stop-loss', price: 95 }]);
    expect(alerts(refused)).toEqual(['EXIT_FAILED']);
    stage.accepted('o4');
    expect(stage.later(1_999)).toEqual([]);
    expect(cancels(stage.later(1))).toEqual(['o4']);
    expect(kinds(stage.cancelled('o4'))).toEqual(['market']);
    const again = stage.rejected('o5');
    expect([kinds(again), alerts(again)]).toEqual([['stop-loss'], []]);
    stage.accepted('o6');
    stage.later(4_000);
    stage.cancelled('o6');
    expect(alerts(stage.filled('o7', 0.5, 99))).toEqual(['POSITION_GUARDED']);
    expect(stage.bot().isIdle).toBe(true);
  });

  it('does not put a stop where the price is already', () => {
    const stage = holding();
    stage.cancelled('o2', 0);
    stage.agreed();
    stage.rejected('o3', 'throttled');
    expect(kinds(stage.quote(94))).toEqual(['market']);
    expect(sent(stage.rejected('o4'))).toEqual([]);
  });

  it('goes on with its pauses after a restart', () => {
    const stage = holding();
    close(stage);
    stage.cancelled('o2');
    stage.rejected('o3', 'throttled');
    stage.rejected('o4', 'throttled');
    stage.restart();
    stage.tell({ kind: 'tick', time: stage.now });
    expect(sent(stage.later(9_999))).toEqual([]);
    expect(kinds(stage.later(1))).toEqual(['market']);
  });

  it('that finds nobody goes further down with each attempt, and then follows the price', () => {
    const stage = holding({ restingExits: 'none' });
    let asked = sent(close(stage));
    const bounds: (number | null)[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const [order] = asked;
      if (order === undefined) throw new Error('Nothing is asked for.');
      bounds.push(order.bound);
      asked = sent([...stage.cancelled(order.id, 0), ...stage.later(40 * SECOND)]);
    }
    expect(bounds.map((bound) => Math.round((bound ?? 0) * 10) / 10)).toEqual([
      99.5, 99, 98, 95, 90, 90,
    ]);
    stage.quote(50);
    stage.cancelled(asked[0]?.id ?? '', 0);
    expect(sent(stage.later(40 * SECOND))).toMatchObject([{ bound: 45 }]);
  });
});

describe('a market that is halted', () => {
  it('keeps the stop of a position that is to be sold, until something trades there again', () => {
    const stage = new Stage({ bots: [manualBot('b'), manualBot('c')] });
    stage.quote(100);
    stage.buy(STOP);
    stage.filled('o1', 0.5, 100);
    stage.accepted('o2');
    stage.buy({ cost: 10, limit: 90 }, 'c');
    stage.rejected('o3', 'halted');
    expect(cancels(close(stage))).toEqual([]);
    expect(stage.bot().holding.guardPlace).toBe('exchange');
    stage.buy({ cost: 10, limit: 91 }, 'c');
    stage.accepted('o4');
    expect(cancels(stage.quote(100))).toEqual(['o2']);
  });

  it('is asked again with growing pauses where nothing rests there, and told when it trades', () => {
    const stage = holding();
    stage.cancelled('o2', 0);
    stage.agreed();
    const refused = stage.rejected('o3', 'halted');
    expect(alerts(refused)).toEqual(['STOP_NOT_RESTING']);
    const tries: number[] = [];
    for (let second = 1; second <= 300; second += 1) {
      for (const id of ids([...stage.later(SECOND), ...stage.quote(100)])) {
        tries.push(second);
        stage.rejected(id, 'halted');
      }
    }
    expect(tries).toEqual([10, 30, 70, 130, 190, 250]);
    stage.later(10 * SECOND);
    const [again] = stage.engine.orders.open;
    expect(alerts(stage.accepted(again?.order.id ?? ''))).toEqual(['POSITION_GUARDED']);
  });
});

describe('a stop that is to be raised', () => {
  function raising(): Stage {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ trailing: 0.1 });
    stage.filled('o1', 0.5, 100);
    stage.accepted('o2');
    stage.bar(100, 100, 100, 100);
    stage.quote(120);
    return stage;
  }

  it('is put back where it was when the exchange does not take the new one, and raised later', () => {
    const stage = raising();
    expect(cancels(stage.bar(100, 120, 100, 110))).toEqual(['o2']);
    expect(sent(stage.cancelled('o2'))).toMatchObject([{ id: 'o3', price: 108 }]);
    const refused = stage.rejected('o3', 'throttled');
    expect(sent(refused)).toMatchObject([{ id: 'o4', price: 90, size: { amount: 0.5 } }]);
    stage.accepted('o4');
    expect(stage.bot().holding.guardPlace).toBe('exchange');
    expect(cancels(stage.later(10 * SECOND))).toEqual(['o4']);
    expect(sent(stage.cancelled('o4'))).toMatchObject([{ id: 'o5', price: 108 }]);
    expect(alerts(stage.accepted('o5'))).toEqual(['POSITION_GUARDED']);
  });

  it('is sold by the engine at its new level, also while the old one rests', () => {
    const stage = raising();
    stage.bar(100, 120, 100, 110);
    stage.cancelled('o2');
    stage.rejected('o3', 'throttled');
    stage.accepted('o4');
    expect(cancels(stage.quote(107))).toEqual(['o4']);
    expect(sent(stage.cancelled('o4'))).toMatchObject([{ type: 'market' }]);
  });

  it('stays where it is while the exchange answers nobody', () => {
    const stage = raising();
    const time = stage.now;
    const sentence = 'It is silent.';
    expect(alerts(stage.tell({ kind: 'exchange-silent', time, sentence }))).toEqual([
      'EXCHANGE_SILENT',
    ]);
    expect(stage.bar(100, 120, 100, 110)).toEqual([]);
    expect(close(stage)).toEqual([]);
    const back = stage.tell({ kind: 'exchange-answers', time: stage.now, sentence });
    expect([alerts(back), cancels(back)]).toEqual([['EXCHANGE_ANSWERS'], ['o2']]);
  });
});

describe('a stop that somebody takes away again and again', () => {
  it('is placed again with growing pauses, and the person is told', () => {
    const stage = holding();
    stage.cancelled('o2', 0);
    expect(kinds(stage.agreed())).toEqual(['stop-loss']);
    stage.accepted('o3');
    const again = stage.cancelled('o3', 0);
    expect([sent(again), alerts(again)]).toEqual([[], ['STOP_NOT_RESTING']]);
    expect(sent(stage.agreed())).toEqual([]);
    expect(kinds(stage.later(5 * SECOND))).toEqual(['stop-loss']);
  });
});
