/** The stop as a durable order of the person: what it asks is done, whatever state the account beneath it is in. */

import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { SIMULATOR_KEY } from '../live/testing/memory-vault.ts';
import { enterByHand } from '../trading/enter-by-hand.ts';
import { BTC_PRICE, LiveExchange, TOKEN } from '../live/testing/live-exchange.ts';

const THIN = 'Order book liquidity is less than LOT_SIZE filter minimum quantity.';

/** Nothing comes back from the exchange. */
function cutOff({ simulator }: LiveExchange): void {
  simulator.control.fault({ kind: 'reset', times: 100_000 });
}

/** Orders that rest at the exchange, as it has them. */
function resting({ simulator }: LiveExchange): readonly string[] {
  return simulator.control
    .truth()
    .orders.filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED')
    .map(({ side, type }) => `${side} ${type}`);
}

function bought({ simulator }: LiveExchange): number {
  return simulator.control
    .truth()
    .fills.filter(({ side }) => side === 'BUY')
    .reduce((sum, { quantity }) => sum + Number(quantity), 0);
}

function soldAmount({ simulator }: LiveExchange): number {
  return simulator.control
    .truth()
    .fills.filter(({ side }) => side === 'SELL')
    .reduce((sum, { quantity }) => sum + Number(quantity), 0);
}

/** All that was bought, but for what the fee in the coin has left of the last step; and nothing else. */
function expectSold(stage: LiveExchange): void {
  const left = bought(stage) - soldAmount(stage);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(left).toBeLessThan(0.000_010_1);
}

/** A position with its stop, and an entry that waits below the price. */
async function busy(answerMs = 500): Promise<LiveExchange> {
  const stage = await LiveExchange.live({ answerMs });
  await stage.buy(20);
  await stage.pass(4_000);
  const [bot] = (await stage.status()).bots;
  if (bot === undefined) throw new Error('There is no bot.');
  const { settings } = bot;
  const { botId } = await stage.call('bots.add', {
    ...settings,
    name: 'waits',
    account: 'live',
    starts: true,
  });
  await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  const entry = { cost: 20, limit: 50_000, stop: null, target: null };
  await stage.call('bots.enter', { account: 'live', botId, ...entry });
  await stage.pass(2_000);
  expect(resting(stage).toSorted()).toEqual(['BUY LIMIT', 'SELL STOP_LOSS_LIMIT']);
  return stage;
}

/** As `busy`, with 0.1 BTC of the person beside it that the books know of. */
async function busyBesideOwn(answerMs = 500): Promise<LiveExchange> {
  const stage = await busy(answerMs);
  stage.simulator.control.transfer('BTC', '0.1');
  await stage.check();
  await stage.pass(2_000);
  return stage;
}

function faulted(stage: LiveExchange): void {
  const session = stage.live.account()?.session;
  session?.dispatch({ kind: 'position-close', time: stage.clock.now, botId: 'no such bot' });
  expect(session?.fault).not.toBeNull();
}

/** The exchange is there, and its prices are not: nothing can be connected. @returns brings them back */
function withoutPrices({ market }: LiveExchange): () => void {
  const gone = vi.spyOn(market, 'open').mockReturnValue(null as never);
  return () => gone.mockRestore();
}

/** The first answer to a question of this path comes when it is let go. */
function heldBack(path: string): { readonly isAsked: Promise<void>; readonly letGo: () => void } {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const ask = globalThis.fetch;
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const answer = await ask(url, init);
    if (new URL(url instanceof Request ? url.url : url).pathname.endsWith(path)) {
      fetching.mockRestore();
      asked.resolve();
      await held.promise;
    }
    return answer;
  });
  return { isAsked: asked.promise, letGo: held.resolve };
}

async function pressed(stage: LiveExchange, flatten: boolean, ms = 12_000) {
  const report = stage.stop(flatten);
  await stage.pass(ms);
  return report;
}

/** Lets time pass until the exchange has proven it: how long a connection takes over the wire, no story knows. */
async function carriedOut(stage: LiveExchange): Promise<void> {
  do {
    await stage.pass(1_000);
  } while ((await stage.call('trading.stop-report', {}))?.state !== 'carried-out');
}

describe('a stop with selling', () => {
  it('pressed while the exchange hangs after a crash is carried out when it returns, and not forgotten over another start', async () => {
    const stage = await busy();
    cutOff(stage);
    await stage.restart();
    const report = await pressed(stage, true);
    expect(report).toMatchObject({ state: 'not-yet', flatten: true, notSold: ['BTC/USDT'] });
    expect(report.notCancelled).toHaveLength(2);
    await stage.restart();
    stage.simulator.control.clearFaults();
    await carriedOut(stage);
    expect(resting(stage)).toEqual([]);
    expectSold(stage);
    // What was withdrawn cannot fill any more.
    stage.quote(49_000);
    await stage.pass(4_000);
    expectSold(stage);
    const told = await stage.call('trading.stop-report', {});
    expect(told).toMatchObject({ state: 'carried-out', flatten: true, notSold: [] });
    expect((await stage.status()).tradingState).toBe('halted');
  });

  it('sells past a database that another process holds, once, and the books take it up', async () => {
    const stage = await busy();
    const other = new DatabaseSync(stage.path, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    const report = await pressed(stage, true, 3_000);
    expect(stage.stops.trouble).toBeNull();
    expect(report).toMatchObject({ state: 'carried-out', sold: ['BTC/USDT'], notCancelled: [] });
    expect(resting(stage)).toEqual([]);
    const sold = soldAmount(stage);
    expectSold(stage);
    expect((await stage.status()).tradingState).toBe('halted');
    other.exec('ROLLBACK');
    other.close();
    stage.faults.splice(0);
    await stage.restart();
    await stage.until(() => stage.live.account() !== null);
    await stage.pass(20_000);
    const status = await stage.status();
    expect(status).toMatchObject({ tradingState: 'halted', positions: [], openOrders: [] });
    expect(soldAmount(stage)).toBe(sold);
    const [trade] = await stage.call('trading.trades', { account: 'live' });
    expect(trade?.trade.exitReason).toBe('emergency-stop');
  });

  it('sells past an engine that has faulted, and never a coin of the person', async () => {
    const stage = await busy();
    stage.simulator.control.transfer('BTC', '0.1');
    const session = stage.live.account()?.session;
    session?.dispatch({ kind: 'position-close', time: stage.clock.now, botId: 'no such bot' });
    await stage.quiet();
    expect(session?.fault).not.toBeNull();
    const report = await pressed(stage, true, 3_000);
    expect(report).toMatchObject({ state: 'carried-out', sold: ['BTC/USDT'] });
    expect(resting(stage)).toEqual([]);
    expectSold(stage);
    // No lower than a bound that was decided from the book, whoever cannot be asked.
    const [sale] = stage.stops.order?.sales ?? [];
    expect(sale?.bound).toBeGreaterThan(BTC_PRICE * 0.99);
    expect(sale?.bound).toBeLessThan(BTC_PRICE);
    stage.faults.splice(0);
  });

  it('sells past an engine that has faulted ever further down, where nobody buys at its bound', async () => {
    const stage = await busy();
    faulted(stage);
    const { control } = stage.simulator;
    // Three sales find nobody.
    control.fault({
      kind: 'refusal',
      method: 'POST',
      path: '/order',
      code: -2010,
      msg: THIN,
      times: 3,
    });
    await pressed(stage, true);
    await carriedOut(stage);
    expectSold(stage);
    const bounds = (stage.stops.order?.sales ?? []).map(({ bound }) => bound ?? 0);
    expect(bounds).toHaveLength(4);
    expect(bounds).toEqual(bounds.toSorted((one, other) => other - one));
    expect(bounds[3]).toBeGreaterThan(BTC_PRICE * 0.94);
    stage.faults.splice(0);
  });

  it('sells past an engine that has faulted nothing of the person who has sold ours', async () => {
    const stage = await busyBesideOwn();
    const { control } = stage.simulator;
    const [guard] = control
      .truth()
      .orders.filter(({ side, status }) => side === 'SELL' && status === 'NEW');
    control.cancelByHand({ clientOrderId: guard?.clientOrderId ?? '' });
    control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: guard?.quantity ?? '' });
    const byPerson = soldAmount(stage);
    faulted(stage);
    const report = await pressed(stage, true, 3_000);
    expect(soldAmount(stage)).toBe(byPerson);
    expect(report.sold).toEqual([]);
    expect(report.places.find(({ account }) => account === 'live')?.sentence).toMatch(
      /holds no BTC/,
    );
    stage.faults.splice(0);
  });

  it('sells past an engine that has faulted all of ours, though the person has sold of their own', async () => {
    const stage = await busyBesideOwn();
    stage.simulator.control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.05' });
    faulted(stage);
    const report = await pressed(stage, true, 3_000);
    expect(report).toMatchObject({ state: 'carried-out', sold: ['BTC/USDT'] });
    expect(soldAmount(stage) - 0.05).toBeCloseTo(bought(stage), 4);
    stage.faults.splice(0);
  });

  it('whose sale is not found for minutes sells nothing twice, though as much has come in meanwhile', async () => {
    const stage = await busyBesideOwn();
    const { control } = stage.simulator;
    faulted(stage);
    control.fault({ kind: 'timeout', effect: 'after', method: 'POST', path: '/order' });
    control.fault({ kind: 'unseen', what: 'orders', ms: 90_000 });
    await pressed(stage, true);
    expectSold(stage);
    control.transfer('BTC', '0.1');
    await stage.pass(75_000);
    expectSold(stage);
    expect(await stage.call('trading.stop-report', {})).toMatchObject({ state: 'not-yet' });
    await carriedOut(stage);
    expectSold(stage);
    stage.faults.splice(0);
  });

  it('sells nothing twice where the account is opened while it is carried out past it', async () => {
    const stage = await busyBesideOwn(5_000);
    const pricesCome = withoutPrices(stage);
    await stage.restart();
    await stage.until(() => stage.live.trouble !== null);
    const book = heldBack('/depth');
    const stop = stage.stop(true);
    await book.isAsked;
    pricesCome();
    // As the watch over what is open does, which knows nothing of the stop.
    const connecting = stage.live.connect();
    await Promise.race([connecting, setTimeout(1_000)]);
    book.letGo();
    await carriedOut(stage);
    await Promise.all([connecting, stop]);
    expectSold(stage);
  });
});

describe('what is too little to sell', () => {
  it('past the engine is said to be so, counts as carried out, and arming asks for no second word', async () => {
    const stage = await busy();
    faulted(stage);
    const { control } = stage.simulator;
    const [guard] = control
      .truth()
      .orders.filter(({ side, status }) => side === 'SELL' && status === 'NEW');
    if (guard === undefined) throw new Error('There is no guard.');
    control.cancelByHand({ clientOrderId: guard.clientOrderId });
    const rest = 0.00003;
    control.placeByHand({
      symbol: 'BTCUSDT',
      side: 'sell',
      quantity: (Number(guard.quantity) - rest).toFixed(5),
    });
    const report = await pressed(stage, true, 3_000);
    expect(report).toMatchObject({ state: 'carried-out', sold: [], notSold: [] });
    expect(report.places.find(({ account }) => account === 'live')?.sentence).toMatch(
      /0\.00003 BTC, worth about 1\.80 USDT, are too little for Binance US to sell/,
    );
    // It is the engine's fault alone that stands in the way of trading, and that ends with a restart.
    const refusal = await stage.refusal('trading.arm', { account: 'live', anyway: false });
    expect(refusal?.code).toBe('TRADING_FAULT');
    expect(stage.stops.order?.holds ?? []).not.toContain('live');
    stage.faults.splice(0);
  });
});

describe('a stop', () => {
  it('withdraws what could buy, and leaves what guards a position', async () => {
    const stage = await busy();
    const [entry] = (await stage.status()).openOrders.filter(({ side }) => side === 'buy');
    if (entry === undefined) throw new Error('There is no entry.');
    const report = await pressed(stage, false, 3_000);
    expect(report).toMatchObject({ state: 'carried-out', cancelled: [entry.id] });
    expect(resting(stage)).toEqual(['SELL STOP_LOSS_LIMIT']);
  });

  it('is not ended by another exchange, a connection and a confirmation', async () => {
    const stage = await LiveExchange.live();
    await stage.call('trading.stop', { flatten: false });
    await stage.vault.save('binance', SIMULATOR_KEY);
    await stage.call('live.choose', {
      venue: 'binance',
      symbol: 'BTC/USDT',
      revision: stage.live.target.revision,
    });
    await stage.call('live.connect', {});
    stage.quote(60_000);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      sentence: 'Trading is halted by the emergency stop. Arm it again first.',
    });
    expect((await stage.status()).tradingState).toBe('halted');
    await stage.pass(3_000);
    await stage.call('trading.arm', { account: 'live', anyway: true });
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  });

  it('cannot leave what is open at one exchange by choosing another', async () => {
    const stage = await busy();
    cutOff(stage);
    await stage.restart();
    await stage.pass(6_000);
    expect(stage.live.account()).toBeNull();
    expect(
      await stage.refusal('live.choose', {
        venue: 'binance',
        symbol: 'BTC/USDT',
        revision: stage.live.target.revision,
      }),
    ).toMatchObject({ code: 'ACCOUNT_BUSY' });
    stage.simulator.control.clearFaults();
  });

  it('with the keys locked says so, and is carried out once they are unlocked', async () => {
    const stage = await busy();
    stage.vault.isLocked = true;
    await stage.restart();
    const report = await pressed(stage, true);
    expect(report).toMatchObject({ state: 'not-yet', notSold: ['BTC/USDT'] });
    expect(report.places[0]?.sentence).toMatch(/locked/);
    stage.vault.isLocked = false;
    await stage.call('keys.unlock-file', { passphrase: 'any that opens it' });
    await carriedOut(stage);
    expect(resting(stage)).toEqual([]);
    expectSold(stage);
  });
});

it.each([false, true])(
  'an entry that is decided and has not left yet when it is pressed never leaves (selling: %s)',
  async (flatten) => {
    const stage = await LiveExchange.live();
    const account = stage.live.account();
    if (account === null) throw new Error('There is no account.');
    const entry = { botId: 'test BTC/USDT', cost: 20, limit: null, stop: null, target: null };
    expect(enterByHand(account, entry)).toMatchObject({ value: { kind: 'submitted' } });
    const stopped = stage.stop(flatten);
    do {
      await stage.elapse(1_000);
    } while (stage.desk.report()?.state !== 'carried-out');
    await stage.elapse(11_000);
    await stopped;
    expect(bought(stage)).toBe(0);
    expect(resting(stage)).toEqual([]);
    expect((await stage.status()).openOrders).toEqual([]);
  },
);
