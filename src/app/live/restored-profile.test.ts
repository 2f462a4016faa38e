/** An older copy of the profile is put back: what was traded since is not in its books, and its ids were used before. */

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BTC_PRICE, LiveExchange, TOKEN } from './testing/live-exchange.ts';

/** The person's own, in BTC, which nobody may sell or guard. */
const OWN = 0.1;

const BOT = { account: 'live', botId: 'test BTC/USDT' } as const;

interface Copy {
  readonly folder: string;
  readonly drawn: number;
}

/** The whole folder, as a person copies it: with the app closed. */
async function copied(stage: LiveExchange): Promise<Copy> {
  const folder = mkdtempSync(join(tmpdir(), 'cryptopiggy-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let { drawn } = stage;
  await stage.restart(() => {
    ({ drawn } = stage);
    cpSync(dirname(stage.path), folder, { recursive: true });
  });
  return { folder, drawn };
}

/** @param sameIds even what is drawn at random is drawn as it was */
async function putBack(stage: LiveExchange, copy: Copy, sameIds: boolean): Promise<void> {
  await stage.restart(() => {
    const folder = dirname(stage.path);
    rmSync(folder, { recursive: true });
    cpSync(copy.folder, folder, { recursive: true });
    if (sameIds) stage.drawn = copy.drawn;
  });
}

async function goLive(stage: LiveExchange): Promise<void> {
  await stage.call('live.connect', {});
  stage.quote(BTC_PRICE);
  await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
}

/** What the account holds less the person's own and less what the books of ours know, in BTC. */
function unbooked(stage: LiveExchange): number {
  const { free = 0, locked = 0 } = stage.simulator.control.truth().balances['BTC'] ?? {};
  const booked = stage.live
    .account()
    ?.session.engine.bots.list.reduce((sum, { holding }) => sum + holding.position.amount, 0);
  return Number(free) + Number(locked) - OWN - (booked ?? 0);
}

function ownCoins({ simulator }: LiveExchange): number {
  const { free = 0, locked = 0 } = simulator.control.truth().balances['BTC'] ?? {};
  return Number(free) + Number(locked);
}

/** The price falls through every stop, and minutes pass: whatever would sell has sold. */
async function crash(stage: LiveExchange): Promise<void> {
  for (const price of [56_000, 50_000, 50_000]) {
    stage.quote(price);
    await stage.pass(31_000);
  }
}

async function codes(stage: LiveExchange): Promise<readonly string[]> {
  return (await stage.call('trading.alerts', { account: 'live' })).map(({ code }) => code);
}

/** Buys, waits for its stop, and sells again. */
async function tradeOnce(stage: LiveExchange): Promise<void> {
  expect(await stage.buy(40)).toMatchObject({ kind: 'submitted' });
  await stage.pass(3_000);
  await stage.call('bots.close', BOT);
  do {
    await stage.pass(1_000);
  } while ((await stage.status()).positions.length > 0);
}

describe.each([
  ['with ids of its own', false],
  ['with ids that were used before', true],
] as const)('an older profile that is put back, %s', (_, sameIds) => {
  it('books nothing that it did not order, and touches no coin of the person', async () => {
    const stage = await LiveExchange.live();
    await tradeOnce(stage);
    const copy = await copied(stage);
    await goLive(stage);
    await tradeOnce(stage);
    await tradeOnce(stage);
    const idsBefore = stage.simulator.control.truth().orders.map((order) => order.clientOrderId);
    await putBack(stage, copy, sameIds);
    await goLive(stage);
    const { equity } = await stage.status();
    // An order that never arrives: whoever looks it up by its id finds, if anything, the old one.
    stage.simulator.control.fault({ kind: 'timeout', method: 'POST', path: '/order' });
    await stage.buy(20);
    await stage.pass(120_000);
    const { positions, equity: after } = await stage.status();
    expect(positions).toEqual([]);
    expect(Math.abs(after - equity)).toBeLessThan(0.01);
    expect(Math.abs(unbooked(stage))).toBeLessThan(0.000_05);
    await crash(stage);
    expect(ownCoins(stage)).toBeGreaterThanOrEqual(OWN);
    const { orders } = stage.simulator.control.truth();
    expect(orders.filter(({ status }) => status === 'NEW')).toEqual([]);
    const [kept] = await stage.call('trading.orders', { account: 'live', limit: 1 });
    expect(idsBefore.includes(kept?.id ?? '')).toBe(sameIds);
    if (sameIds) expect(await codes(stage)).toContain('ORDER_UNMATCHED');
  });

  it('ends a position that was sold since, and leaves what was bought since to its stop', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(40);
    await stage.pass(3_000);
    const copy = await copied(stage);
    await goLive(stage);
    await stage.call('bots.close', BOT);
    do {
      await stage.pass(1_000);
    } while ((await stage.status()).positions.length > 0);
    await stage.buy(30);
    await stage.pass(3_000);
    await putBack(stage, copy, sameIds);
    await stage.call('live.connect', {});
    await stage.pass(60_000);
    expect(stage.live.account()?.session.fault).toBeNull();
    await crash(stage);
    expect(ownCoins(stage)).toBeGreaterThanOrEqual(OWN);
    expect(await codes(stage)).not.toEqual([]);
  });
});
