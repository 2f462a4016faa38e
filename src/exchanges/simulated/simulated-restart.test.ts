import { describe, expect, it } from 'vitest';
import { approvedBuy, approvedSell } from '../conformance/approved-orders.ts';
import { found, held, openIds } from '../conformance/stage.ts';
import { inMemory, inSqlite } from './testing/reopened-stores.ts';
import { BarStage, BTC, QuoteStage } from './testing/simulated-stage.ts';

const pair = [
  approvedSell(BTC, 'stop', 1, 'stop-loss', 90),
  approvedSell(BTC, 'target', 1, 'take-profit', 110),
] as const;

describe.each([
  { kind: 'in memory', opened: inMemory },
  { kind: 'in SQLite', opened: inSqlite },
])('a simulated exchange that is opened again, its books $kind', ({ opened }) => {
  it('has the same orders, fills and balances', async () => {
    const open = await opened();
    const before = new QuoteStage({ store: await open() });
    await before.fund('USDT', 1_000);
    await before.fund('BTC', 1);
    await before.trade(100);
    await before.exchange.submit(approvedBuy(BTC, 'filled', 50));
    await before.exchange.submit(approvedBuy(BTC, 'cancelled', 50, 80));
    await before.exchange.cancel('cancelled', 'BTC/USDT');
    await before.exchange.submit(approvedBuy(BTC, 'open', 50, 70));
    await before.exchange.submitPair(...pair);
    const ids = ['filled', 'cancelled', 'open', 'stop', 'target'];
    const shownBefore = await Promise.all(ids.map((id) => found(before, id)));
    const balances = await before.exchange.balances();

    const after = new QuoteStage({ store: await open() });
    expect(await Promise.all(ids.map((id) => found(after, id)))).toEqual(shownBefore);
    expect(await after.exchange.balances()).toEqual(balances);
    expect(await openIds(after)).toEqual(['open', 'stop', 'target']);
  });

  it('gives no number and no id twice, and keeps its promises', async () => {
    const open = await opened();
    const before = new QuoteStage({ store: await open() });
    await before.fund('USDT', 60);
    const answers = [await before.exchange.submit(approvedBuy(BTC, 'o1', 20, 80))];
    answers.push(await before.exchange.submit(approvedBuy(BTC, 'o2', 20, 80)));
    await before.exchange.cancel('o2', 'BTC/USDT');

    const after = new QuoteStage({ store: await open() });
    answers.push(await after.exchange.submit(approvedBuy(BTC, 'o3', 20, 80)));
    expect(answers).toEqual([
      { kind: 'accepted', exchangeId: '1', shown: null },
      { kind: 'accepted', exchangeId: '2', shown: null },
      { kind: 'accepted', exchangeId: '3', shown: null },
    ]);
    expect((await after.exchange.submit(approvedBuy(BTC, 'o2', 2, 80))).kind).toBe('rejected');
    expect((await after.exchange.submit(approvedBuy(BTC, 'o4', 30, 80))).kind).toBe('rejected');
  });

  it('still knows a pair: one fill ends the other', async () => {
    const open = await opened();
    const before = new QuoteStage({ store: await open() });
    await before.fund('BTC', 1);
    await before.exchange.submitPair(...pair);
    const after = new QuoteStage({ store: await open() });
    await after.trade(120);
    await after.trade(80);
    expect((await found(after, 'target'))?.state).toBe('filled');
    expect((await found(after, 'stop'))?.state).toBe('cancelled');
    expect(await held(after, 'BTC')).toBe(0);
  });

  it('lets a market order wait for the next price', async () => {
    const open = await opened();
    const before = new QuoteStage({ store: await open() });
    await before.fund('USDT', 100);
    await before.exchange.submit(approvedBuy(BTC, 'o1', 50));
    const after = new QuoteStage({ store: await open() });
    expect(await openIds(after)).toEqual(['o1']);
    await after.trade(100);
    expect((await found(after, 'o1'))?.state).toBe('filled');
  });

  it('goes on in the recording with what rested there, and plays no bar again', async () => {
    const open = await opened();
    const before = new BarStage({ store: await open() });
    await before.fund('USDT', 100);
    await before.exchange.submit(approvedBuy(BTC, 'o1', 20, 95));
    before.begin([100, 100, 97]);
    before.end();
    // Saved with the order, and so the bar is known to be over.
    await before.exchange.submit(approvedBuy(BTC, 'o2', 20, 99));
    await before.exchange.submit(approvedBuy(BTC, 'o3', 20));

    const after = new BarStage({ store: await open() });
    after.begin([100, 100, 97]);
    expect(await openIds(after)).toEqual(['o1', 'o2', 'o3']);
    after.end();
    after.begin([100, 100, 90]);
    expect(await openIds(after)).toEqual([]);
  });

  it('plays a bar that was cut short to its end: what filled in it does not fill twice', async () => {
    const open = await opened();
    const before = new BarStage({ store: await open() });
    await before.fund('USDT', 100);
    await before.exchange.submit(approvedBuy(BTC, 'o1', 20));
    before.begin([100, 130, 90]);
    await before.exchange.submit(approvedBuy(BTC, 'o2', 20, 95));

    const after = new BarStage({ store: await open() });
    after.begin([100, 130, 90]);
    expect((await found(after, 'o1'))?.fills).toHaveLength(1);
    expect((await found(after, 'o2'))?.fills).toHaveLength(1);
  });

  it('remembers in which bar a limit bought: its target waits for the next', async () => {
    const open = await opened();
    const before = new BarStage({ store: await open() });
    await before.fund('USDT', 100);
    await before.exchange.submit(approvedBuy(BTC, 'o1', 19, 95));
    before.begin([100, 130, 90]);
    await before.exchange.submit(approvedSell(BTC, 'target', 0.2, 'take-profit', 120));

    const after = new BarStage({ store: await open() });
    after.begin([100, 130, 90]);
    expect(await openIds(after)).toEqual(['target']);
    after.end();
    after.begin([100, 130, 99]);
    expect(await openIds(after)).toEqual([]);
  });
});
