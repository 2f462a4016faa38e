/** A position in doubt: nothing is sent for it until it is settled, and everything else goes on. */

import { describe, expect, it } from 'vitest';
import type { Decision } from '../events.ts';
import type { Finding } from '../reconciliation/finding.ts';
import { manualBot, Stage } from '../testing/stage.ts';

function kinds(decisions: readonly Decision[]): readonly string[] {
  return decisions.map((decision) => (decision.kind === 'alert' ? decision.code : decision.kind));
}

/** Holds 0.5 BTC, bought at 100, with a stop `o2` at 95. */
function holding(): Stage {
  const stage = new Stage({ bots: [manualBot('b'), manualBot('other')] });
  stage.quote(100);
  stage.buy({ stop: { kind: 'price', price: 95 } });
  stage.filled('o1', 0.5, 100);
  stage.accepted('o2');
  return stage;
}

function judged(stage: Stage, finding: Finding): readonly Decision[] {
  return stage.tell({ kind: 'position-verdict', time: stage.now, botId: 'b', finding });
}

const MISSING = { kind: 'missing', cause: 'coins', gone: 0.5 } as const;
const QUARANTINED = { kind: 'quarantined', because: 'Nobody can tell.' } as const;

describe('a stop that ended without our asking', () => {
  it('is not replaced, and nothing is sold, whatever the price does, until it has been compared', () => {
    const stage = holding();
    expect(kinds(stage.cancelled('o2'))).toEqual(['reconcile']);
    expect(stage.quote(50)).toEqual([]);
    expect(stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' })).toEqual([]);
    expect(stage.engine.bots.get('b').holding.guardPlace).toBe('none');
  });

  it('is placed again where the coins are there', () => {
    const stage = holding();
    stage.cancelled('o2');
    expect(kinds(judged(stage, { kind: 'agreed' }))).toEqual(['GUARD_TAKEN_AWAY', 'submit']);
  });

  it('is not missed where it was withdrawn by us', () => {
    const stage = holding();
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    expect(kinds(stage.cancelled('o2'))).toEqual(['submit']);
  });

  it('stays in doubt over a restart', () => {
    const stage = holding();
    stage.cancelled('o2');
    stage.restart();
    expect(stage.quote(50)).toEqual([]);
    expect(kinds(judged(stage, { kind: 'agreed' }))).toEqual(['GUARD_TAKEN_AWAY', 'submit']);
  });
});

it('a suspicion of what turns out to be too little to sell ends, and leaves it as dust', () => {
  const stage = new Stage({ bots: [manualBot('b')], amountStep: 0.1 });
  stage.quote(100);
  stage.buy({ stop: { kind: 'price', price: 95 } });
  stage.filled('o1', 0.5, 100);
  stage.accepted('o2');
  stage.tell({ kind: 'position-doubted', time: stage.now, botId: 'b' });
  expect(stage.engine.bots.get('b').holding.doubt?.kind).toBe('suspect');
  stage.filled('o2', 0.45, 95, { complete: false });
  stage.cancelled('o2');
  expect(stage.engine.bots.get('b').holding.doubt).toBeNull();
  expect(stage.engine.bots.get('b').isIdle).toBe(true);
  expect(stage.engine.account.dust.get('BTC/USDT')?.amount).toBeCloseTo(0.05, 12);
});

it('coins that were sold outside are out of the books at that price, and the trade says so', () => {
  const stage = holding();
  stage.cancelled('o2');
  const decisions = judged(stage, {
    kind: 'sold-outside',
    amount: 0.5,
    proceeds: 49,
    time: stage.now,
  });
  expect(kinds(decisions)).toEqual(['POSITION_SOLD_OUTSIDE']);
  const [traded] = stage.audited.flatMap((record) => (record.kind === 'trade' ? record.trade : []));
  expect(traded).toMatchObject({ exitReason: 'sold-outside', exitPrice: 98, pnl: -1 });
  expect(stage.engine.bots.get('b').isIdle).toBe(true);
});

describe.each([
  ['missing', MISSING, 'POSITION_MISSING'],
  ['quarantined', QUARANTINED, 'POSITION_QUARANTINED'],
] as const)('a position that is %s', (_, finding, code) => {
  it('is told once, sells nothing, and lets nothing be bought', () => {
    const stage = holding();
    stage.cancelled('o2');
    expect(kinds(judged(stage, finding))).toEqual([code]);
    expect(judged(stage, finding)).toEqual([]);
    expect(stage.quote(50)).toEqual([]);
    stage.tell({ kind: 'halt', time: stage.now, flatten: true });
    stage.tell({ kind: 'arm', time: stage.now });
    const [denied] = stage.buy({ stop: null }, 'other');
    expect(denied).toMatchObject({ kind: 'denied', denial: { code: 'POSITION_IN_DOUBT' } });
  });

  it('withdraws entries that are open, and not the stops of others', () => {
    const stage = holding();
    stage.buy({ limit: 90, stop: { kind: 'price', price: 85 } }, 'other');
    stage.cancelled('o2');
    expect(kinds(judged(stage, finding))).toEqual([code, 'cancel']);
  });

  it('is guarded again by a person’s word, and what was to be sold is held', () => {
    const stage = holding();
    stage.cancelled('o2');
    judged(stage, finding);
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    const kept = stage.tell({ kind: 'position-kept', time: stage.now, botId: 'b' });
    expect(kinds(kept)).toEqual(['submit']);
  });

  it('is written off at its last price: no loss but the one that was there', () => {
    const stage = holding();
    stage.cancelled('o2');
    judged(stage, finding);
    stage.quote(98);
    const { engine } = stage;
    const before = engine.account.equity();
    const off = stage.tell({ kind: 'position-written-off', time: stage.now, botId: 'b' });
    expect(kinds(off)).toEqual(['POSITION_WRITTEN_OFF']);
    expect(engine.account.equity()).toBe(before);
    expect(engine.bots.get('b').isIdle).toBe(true);
  });
});

it('only a person ends a quarantine', () => {
  const stage = holding();
  stage.cancelled('o2');
  judged(stage, QUARANTINED);
  expect(judged(stage, { kind: 'agreed' })).toEqual([]);
  expect(stage.engine.bots.get('b').holding.doubt).toMatchObject(QUARANTINED);
});

it('a pair that is gone keeps nobody else from buying', () => {
  const stage = holding();
  judged(stage, { kind: 'missing', cause: 'pair', gone: 0 });
  const bought = stage.buy({ stop: { kind: 'price', price: 95 } }, 'other');
  expect(kinds(bought)).toEqual(['submit']);
});

it('a sale of what has been sold already stops entries, and ends nothing else', () => {
  const stage = holding();
  stage.filled('o2', 0.5, 95, { id: 'first' });
  const [alert] = stage.filled('o2', 0.5, 95, { id: 'second' });
  expect(alert).toMatchObject({ kind: 'alert' });
  expect(stage.engine.bots.get('b').isIdle).toBe(true);
});

it('a fill of the other side under one of our ids is told and not booked', () => {
  const stage = new Stage();
  stage.quote(100);
  stage.buy({ stop: { kind: 'price', price: 95 } });
  const told = stage.filled('o1', 0.5, 100, { side: 'sell' });
  expect(kinds(told)).toEqual(['ORDER_UNMATCHED', 'cancel']);
  expect(stage.engine.account.tradingState).toBe('reducing');
  expect(stage.engine.bots.get('b').holding.position.isOpen).toBe(false);
});
