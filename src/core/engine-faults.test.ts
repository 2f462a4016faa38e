/** Stories that random sequences have found (`engine-model.test.ts`): each went wrong once. */

import { describe, expect, it } from 'vitest';
import { NO_PROTECTION } from './domain/order.ts';
import { alerts, cancels, denials, manualBot, sent, Stage } from './testing/stage.ts';

describe('the day', () => {
  it('counts the fall of coins that were there before their first price', () => {
    const stage = new Stage({ cash: 100 });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BTC', amount: 1 });
    stage.quote(100);
    expect(stage.engine.account.day.openingEquity).toBe(200);
    expect(alerts(stage.quote(89))).toEqual(['DAILY_LOSS_LIMIT']);
  });
});

describe('a withdrawal', () => {
  it('is watched at once: what was lost before is more of what is left', () => {
    const stage = new Stage({ cash: 1_000 });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BTC', amount: 1 });
    stage.quote(100);
    expect(stage.quote(60)).toEqual([]);
    const withdrawn = stage.tell({
      kind: 'transfer',
      time: stage.now,
      currency: 'USDT',
      amount: -500,
    });
    expect(alerts(withdrawn)).toEqual(['DAILY_LOSS_LIMIT']);
  });
});

describe('a bot', () => {
  it('that was removed stops nothing when late news of its orders come', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    stage.filled('o2', 0.5, 95);
    stage.tell({ kind: 'bot-removed', time: stage.now, botId: 'b' });
    expect(stage.filled('o2', 0.5, 95, { id: 'f2' })).toEqual([]);
    expect(alerts(stage.filled('o1', 0.1, 100))).toEqual(['ORDER_UNMATCHED']);
  });

  it('buys nothing by hand before there is a price', () => {
    const stage = new Stage();
    expect(denials(stage.buy())).toEqual(['NO_FRESH_PRICE']);
  });

  it('buys nothing by hand at a price that is older than a minute', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.now += 60_001;
    expect(denials(stage.buy())).toEqual(['NO_FRESH_PRICE']);
    stage.quote(100);
    expect(denials(stage.buy())).toEqual([]);
  });

  it('that was stopped or paused opens nothing by hand either', () => {
    const stage = new Stage();
    stage.quote(100);
    for (const kind of ['bot-stopped', 'bot-paused'] as const) {
      stage.tell({ kind, time: stage.now, botId: 'b' });
      expect(denials(stage.buy())).toEqual(['BOT_PAUSED']);
    }
  });
});

describe('an entry that waits for the one before it to be withdrawn', () => {
  it('follows also when the app was restarted in between', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ limit: 99 });
    stage.bot().wish({
      time: stage.now,
      price: 100,
      limit: 98,
      protection: NO_PROTECTION,
      sizing: { kind: 'fixed', cost: 20 },
    });
    stage.tell({ kind: 'tick', time: stage.now });
    stage.restart();
    expect(sent(stage.cancelled('o1'))).toMatchObject([{ id: 'o2', price: 98 }]);
  });
});

describe('the last fill of an exit', () => {
  it('that overtakes another leaves nothing to be sold again', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    expect(stage.filled('o2', 0.3, 95, { complete: true })).toEqual([]);
    expect(stage.filled('o2', 0.2, 95, { complete: false })).toEqual([]);
    expect(stage.engine.orders.get('o2')?.state).toBe('filled');
    expect(stage.bot().isIdle).toBe(true);
  });
});

describe('an entry of which a part is bought', () => {
  function partlyBought(): Stage {
    const stage = new Stage();
    stage.quote(100);
    stage.buy({ limit: 100, stop: { kind: 'price', price: 95 }, maxHoldMs: 60_000 });
    stage.accepted('o1');
    stage.filled('o1', 0.2, 100, { complete: false });
    stage.accepted('o2');
    return stage;
  }

  it('is withdrawn when that part is to be sold', () => {
    const stage = partlyBought();
    stage.bar(100, 100, 100, 100);
    expect(cancels(stage.bar(100, 100, 100, 100))).toEqual(['o1', 'o2']);
  });

  it('is withdrawn when its stop fills', () => {
    expect(cancels(partlyBought().filled('o2', 0.2, 95))).toEqual(['o1']);
  });
});

describe('a first part that is too little to be sold', () => {
  it('is left as dust, makes no trade, and the person is told', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.03, 100, { complete: false });
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    stage.cancelled('o2');
    stage.rejected('o3');
    expect(alerts(stage.cancelled('o1'))).toContain('EXIT_FAILED');
    expect(stage.bot().isIdle).toBe(true);
    expect(stage.engine.account.state().dust).toEqual({ 'BTC/USDT': { amount: 0.03, cost: 3 } });
    expect(stage.audited.filter(({ kind }) => kind === 'trade')).toEqual([]);
  });
});

describe('a fill that comes after the rest was given up as dust', () => {
  it('has sold the dust', () => {
    const stage = new Stage({ restingExits: 'none' });
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    stage.filled('o2', 0.46, 100, { complete: false });
    stage.tell({
      kind: 'order-expired',
      orderId: 'o2',
      time: stage.now,
      filledAmount: null,
      sentence: 'It expired.',
    });
    expect(stage.engine.account.state().dust['BTC/USDT']?.amount).toBeCloseTo(0.04, 12);
    expect(stage.filled('o2', 0.04, 100)).toEqual([]);
    expect(stage.engine.account.state().dust['BTC/USDT']?.amount).toBeCloseTo(0, 12);
    expect(stage.held('BTC')).toBeCloseTo(0, 12);
  });
});

describe('an emergency stop that sells', () => {
  it('sells what a withdrawn entry still buys, restart or not', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    expect(cancels(stage.tell({ kind: 'halt', time: stage.now, flatten: true }))).toEqual(['o1']);
    stage.restart();
    expect(sent(stage.filled('o1', 0.5, 100))).toMatchObject([
      { type: 'market', size: { amount: 0.5 }, reason: 'emergency-stop' },
    ]);
  });
});

describe('a stop that the exchange does not fill', () => {
  it('is given up after 10 s also when the clock was set back', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    stage.quote(90);
    stage.now -= 3_600_000;
    expect(stage.quote(90)).toEqual([]);
    stage.now += 10_000;
    expect(cancels(stage.quote(90))).toEqual(['o2']);
  });
});

describe('a sale whose fee is paid in the coin that is sold', () => {
  it('ends the position: the fee comes out of the account', () => {
    const stage = new Stage({ bots: [manualBot('b', 'BNB/USDT')] });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BNB', amount: 1 });
    stage.quote(100, 'BNB/USDT');
    stage.buy();
    stage.filled('o1', 0.5, 100, { fee: { currency: 'BNB', amount: 0.001 } });
    stage.filled('o2', 0.499, 95, { fee: { currency: 'BNB', amount: 0.001 } });
    expect(stage.bot().isIdle).toBe(true);
    expect(stage.held('BNB')).toBeCloseTo(0.999, 12);
    // Bought 0.5 for 50, sold 0.499 for 47.405, and the second fee is worth 0.095.
    expect(stage.bot().holding.position.trades[0]?.pnl).toBeCloseTo(47.405 - 50 - 0.095, 9);
  });
});

describe('the end of an order that overtakes its fills', () => {
  it('is waited out: what those fills sold is not sold again', () => {
    const stage = new Stage();
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BTC', amount: 3 });
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' });
    expect(sent(stage.cancelled('o2', 0.2))).toEqual([]);
    const [order] = sent(stage.filled('o2', 0.2, 95, { complete: false }));
    expect(order).toMatchObject({ type: 'market', size: { unit: 'base', amount: 0.3 } });
    expect(stage.engine.orders.get('o2')).toMatchObject({ state: 'cancelled', awaitedEnd: null });
  });
});

describe('a first part of an entry that is too little to guard', () => {
  it('is watched by the engine until more has come, and nobody is called', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    const early = stage.filled('o1', 0.04, 100, { complete: false, id: 'f1' });
    expect(early).toEqual([]);
    expect(stage.engine.bots.get('b').holding.guardPlace).toBe('engine');
    const [stop] = sent(stage.filled('o1', 0.46, 100, { id: 'f2' }));
    expect(stop).toMatchObject({ type: 'stop-loss', size: { unit: 'base', amount: 0.5 } });
    expect(stage.engine.bots.get('b').holding.guardPlace).toBe('exchange');
  });
});

describe('an entry by hand', () => {
  it("gets the exits of the bot's own settings where it brings none", () => {
    const exits = { stopDistance: 0.02, targetDistance: 0.1, trailing: null, maxHoldMs: null };
    const stage = new Stage({ bots: [{ ...manualBot('b'), exits }] });
    stage.quote(100);
    const [entry] = sent(stage.buy());
    if (entry?.purpose !== 'entry') throw new Error('no entry');
    expect(entry.protection.stop).toEqual({ kind: 'distance', fraction: 0.02 });
    expect(entry.protection.target).toBeCloseTo(110, 9);
  });
});

describe('a fill that does not say why it sold', () => {
  it('is booked with the reason of its order', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.buy();
    stage.filled('o1', 0.5, 100);
    stage.filled('o2', 0.5, 95, { reason: null });
    const trades = stage.audited.filter((record) => record.kind === 'trade');
    expect(trades.map(({ trade }) => trade.exitReason)).toEqual(['stop-loss']);
  });
});

describe('small trades whose fee is taken in the coin', () => {
  const STEP = 0.001;

  /** In and out through the stop; the exchange takes 0.1 % of the coins bought. */
  function roundTrip(stage: Stage): number {
    stage.now += 60_000;
    stage.quote(100);
    const [entry] = sent(stage.buy({ stop: { kind: 'price', price: 95 } }));
    const fee = { currency: 'BTC', amount: 0.0005 };
    const [stop] = sent(stage.filled(entry?.id ?? '', 0.5, 100, { fee }));
    if (stop?.purpose !== 'exit') throw new Error('No stop was placed.');
    const { amount } = stop.size;
    stage.filled(stop.id, amount, 95, { fee: { currency: 'USDT', amount: 0 } });
    return amount;
  }

  const trades = (stage: Stage) =>
    stage.audited.flatMap((record) => (record.kind === 'trade' ? [record.trade] : []));

  it('are booked with the reason of the order that sold, though a part of a step is left', () => {
    const stage = new Stage({ amountStep: STEP });
    roundTrip(stage);
    expect(trades(stage).map(({ exitReason }) => exitReason)).toEqual(['stop-loss']);
    expect(stage.engine.account.pastTrades.map(({ exitReason }) => exitReason)).toEqual([
      'stop-loss',
    ]);
  });

  it('never leave a whole step: what one leaves is sold with the next, and costs what it cost', () => {
    const stage = new Stage({ amountStep: STEP });
    const sold = Array.from({ length: 20 }, () => roundTrip(stage));
    expect(sold[0]).toBeCloseTo(0.499, 12);
    expect(sold[1]).toBeCloseTo(0.5, 12);
    const dust = stage.engine.account.dust.get('BTC/USDT') ?? { amount: NaN, cost: NaN };
    expect(dust.amount).toBeLessThan(STEP);
    expect(stage.held('BTC')).toBeCloseTo(dust.amount, 12);
    // Whatever each trade is told to have made: together with the cost of what is left they are the money that moved.
    const made = trades(stage).reduce((sum, { pnl }) => sum + pnl, 0);
    expect(made - dust.cost).toBeCloseTo(stage.held('USDT') - 10_000, 9);
  });

  it('sell nothing that is not there any more', () => {
    const stage = new Stage({ amountStep: STEP });
    roundTrip(stage);
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BTC', amount: -0.0005 });
    expect(roundTrip(stage)).toBeCloseTo(0.499, 12);
  });
});
