/** What is open with real money is told in every state that a profile can be in, connected or not, and never as nothing. */

import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LiveExchange } from '../live/testing/live-exchange.ts';
import { keptExposure } from './kept-exposure.ts';
import { noteLostBooks } from './lost-books.ts';
import { keptOpen, openOf } from './open-books.ts';

/** Nothing comes back from the exchange. */
function cutOff({ simulator }: LiveExchange): void {
  simulator.control.fault({ kind: 'reset', times: 100_000 });
}

/** A position whose stop rests at the exchange. */
async function holding(): Promise<LiveExchange> {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  return stage;
}

async function placeOf(stage: LiveExchange) {
  const exposure = await stage.exposure();
  const [place] = exposure.places;
  if (place === undefined) throw new Error(`Nothing is told: ${JSON.stringify(exposure)}`);
  return place;
}

/** What another process of the person reads of the same profile. */
function onDisk(stage: LiveExchange) {
  return keptExposure(dirname(stage.path), 'not-running');
}

/** The books are there, and nobody can make anything of them. */
function spoil({ path }: LiveExchange): void {
  using database = new DatabaseSync(path);
  database.prepare("UPDATE live_checkpoints SET state = '{'").run();
}

describe('an account that is connected', () => {
  it('is told from the engine: watched, guarded, nothing to do', async () => {
    const stage = await LiveExchange.live();
    expect(await stage.exposure()).toMatchObject({ state: 'nothing', places: [] });
    await stage.buy(20);
    await stage.pass(4_000);
    const place = await placeOf(stage);
    expect(place).toMatchObject({
      venue: 'Binance US',
      title: 'REAL MONEY IS OPEN on Binance US, and CryptoPiggy watches it.',
      isWatched: true,
      isGuarded: true,
      positions: [{ symbol: 'BTC/USDT', guardPlace: 'exchange', isGuarded: true }],
      orders: [{ side: 'sell', type: 'stop-loss', state: 'accepted' }],
      stop: null,
      todo: { kind: 'none', sentence: '' },
    });
    expect(place.positions[0]?.guard).toBe('its stop at 57000.01 rests at the exchange');
  });

  it('has the same open by its engine and by its kept books', async () => {
    const stage = await holding();
    const account = stage.live.account();
    const kept = stage.storage.live.current();
    if (account === null || kept === null) throw new Error('There is no account.');
    const [engine, books] = [openOf(account.session), keptOpen(kept)];
    expect(books.positions).toEqual(engine.positions);
    expect(books.positions).toHaveLength(1);
    expect(books.orders.map(({ order }) => order.id)).toEqual(
      engine.orders.map(({ order }) => order.id),
    );
  });

  it('is not called watched while no prices come', async () => {
    const stage = await holding();
    stage.market.tellConnection(false, 'The feed is down.');
    expect(await placeOf(stage)).toMatchObject({
      isWatched: false,
      watch: 'The feed is down.',
      todo: { kind: 'wait' },
    });
  });

  it('is not called watched while its session has broken off, and is to be armed once it goes on', async () => {
    const stage = await holding();
    stage.isDiskFull = true;
    await stage.refusal('trading.reduce', { account: 'live' });
    expect(await placeOf(stage)).toMatchObject({ isWatched: false, todo: { kind: 'wait' } });
    stage.isDiskFull = false;
    do {
      await stage.pass(1_000);
      stage.quote(60_000);
    } while (!(await placeOf(stage)).isWatched);
    expect(await placeOf(stage)).toMatchObject({ isWatched: true, todo: { kind: 'arm' } });
    stage.faults.length = 0;
  });

  it('is asked about once a plain stop has been carried out and its position kept', async () => {
    const stage = await holding();
    await stage.stop(false);
    await stage.pass(2_000);
    expect(await placeOf(stage)).toMatchObject({
      isWatched: true,
      stop: { state: 'carried-out', flatten: false },
      todo: { kind: 'arm' },
    });
    await stage.stop(true);
    await stage.pass(4_000);
    expect(await stage.exposure()).toMatchObject({ state: 'nothing' });
  });
});

describe('an account that is not connected', () => {
  it('is told from the kept books while the keys are locked, and is taken up once they are not', async () => {
    const stage = await holding();
    stage.vault.isLocked = true;
    await stage.restart();
    await stage.pass(6_000);
    const told = stage.watchExposure();
    const place = await placeOf(stage);
    expect(place).toMatchObject({
      title: 'REAL MONEY IS OPEN on Binance US, and NOBODY WATCHES IT.',
      isWatched: false,
      watch: 'The keys are locked, so Binance US cannot be asked.',
      isGuarded: true,
      positions: [{ symbol: 'BTC/USDT' }],
      orders: [{ type: 'stop-loss' }],
      todo: { kind: 'unlock' },
    });
    expect(place.positions[0]?.guard).toContain('rested at the exchange when that was known last');
    expect(place.asOf).toBeLessThan(stage.clock.now);
    expect(stage.controls.glance()).toMatchObject({
      openLive: 2,
      exposure: 'Real money is open, NOT WATCHED',
      personNeeded: place.todo.sentence,
    });
    stage.vault.isLocked = false;
    await stage.call('keys.unlock-file', { passphrase: 'any that opens it' });
    await stage.pass(1_000);
    await stage.until(() => stage.live.account() !== null);
    // No price has come yet: whoever sees none watches nothing.
    expect(await placeOf(stage)).toMatchObject({ isWatched: false, todo: { kind: 'wait' } });
    expect((await placeOf(stage)).title).toContain('NOBODY WATCHES IT');
    do {
      stage.quote(60_000);
      await stage.pass(1_000);
    } while (!(await placeOf(stage)).isWatched);
    expect(await placeOf(stage)).toMatchObject({ isGuarded: true, todo: { kind: 'none' } });
    expect(told.at(0)?.places).toMatchObject([{ isWatched: false }]);
    expect(told.at(-1)?.places).toMatchObject([{ isWatched: true }]);
  });

  it('is waited for where the exchange does not answer, with what was said', async () => {
    const stage = await holding();
    cutOff(stage);
    await stage.restart();
    await stage.until(() => stage.live.trouble !== null);
    const { watch, todo } = await placeOf(stage);
    expect(todo.kind).toBe('wait');
    expect(watch).toBe(stage.live.trouble?.sentence);
    stage.simulator.control.clearFaults();
  });

  it('needs a key where none is kept', async () => {
    const stage = await holding();
    await stage.vault.forget('binanceus');
    await stage.restart();
    await stage.until(() => stage.live.trouble !== null);
    expect(await placeOf(stage)).toMatchObject({ todo: { kind: 'key' } });
  });

  it('needs its exchange where another is chosen', async () => {
    const stage = await holding();
    await stage.vault.save('binance', { apiKey: 'k', secret: 's' });
    const target = { venue: 'binance', symbol: 'BTC/USDT', revision: 7 };
    stage.storage.settings.set('live-target', target);
    await stage.restart();
    await stage.until(() => stage.live.trouble !== null);
    expect(await placeOf(stage)).toMatchObject({
      venue: 'Binance US',
      watch: 'Binance is chosen for live trading, and this is open on Binance US.',
      todo: { kind: 'choose' },
    });
  });

  it('needs the app without a simulator where it was opened without one', async () => {
    const stage = await holding();
    stage.isRehearsal = true;
    await stage.restart();
    expect(await placeOf(stage)).toMatchObject({
      venue: 'Binance US',
      isRehearsal: false,
      todo: { kind: 'simulator' },
    });
  });

  it('is nobody’s money where it was a rehearsal', async () => {
    const stage = await LiveExchange.open();
    stage.isRehearsal = true;
    await stage.restart();
    await stage.goLive();
    await stage.buy(20);
    await stage.pass(4_000);
    expect(await placeOf(stage)).toMatchObject({
      venue: 'Binance US (simulator)',
      isRehearsal: true,
      title: expect.stringContaining("It is nobody's money") as unknown,
    });
    stage.isRehearsal = false;
    await stage.restart();
    expect(await stage.exposure()).toMatchObject({ state: 'nothing', places: [] });
    expect((await onDisk(stage)).places).toMatchObject([{ isRehearsal: true }]);
  });

  it('tells of a stop that waits for the keys, and of what it has still to do', async () => {
    const stage = await holding();
    stage.vault.isLocked = true;
    await stage.restart();
    const stopped = stage.stop(true);
    await stage.pass(12_000);
    await stopped;
    expect(await placeOf(stage)).toMatchObject({
      stop: { state: 'not-yet', flatten: true, notSold: ['BTC/USDT'] },
      todo: { kind: 'unlock' },
    });
    expect((await onDisk(stage)).places).toMatchObject([
      { stop: { state: 'not-yet', flatten: true, notSold: ['BTC/USDT'] } },
    ]);
  });
});

describe('books that cannot be read', () => {
  it('do not keep the app from starting, and are told as not known', async () => {
    const stage = await holding();
    await stage.restart(() => spoil(stage));
    const told = stage.watchExposure();
    const exposure = await stage.exposure();
    expect(exposure).toMatchObject({ state: 'unknown', places: [], todo: { kind: 'look' } });
    expect(exposure.unknown).toContain('NOT KNOWN what is open: take it that something is');
    expect(told.at(-1)?.state).toBe('unknown');
    expect(stage.controls.glance().exposure).toBe('NOT KNOWN what is open with real money');
    expect(await onDisk(stage)).toMatchObject({ state: 'unknown', todo: { kind: 'look' } });
    expect(stage.faults).not.toEqual([]);
    stage.faults.length = 0;
  });

  it('that were lost are said until a person has looked, over starts', async () => {
    const stage = await LiveExchange.open();
    const sentence = 'The profile was damaged.';
    noteLostBooks(stage.storage.settings, { code: 'PROFILE_DAMAGED', sentence });
    await stage.restart();
    expect(await stage.exposure()).toMatchObject({ state: 'unknown', todo: { kind: 'seen' } });
    expect(await onDisk(stage)).toMatchObject({ state: 'unknown', todo: { kind: 'seen' } });
    const told = stage.watchExposure();
    await stage.call('trading.lost-books-seen', {});
    expect(told.at(-1)).toMatchObject({ state: 'nothing' });
    await stage.restart();
    expect(await stage.exposure()).toMatchObject({ state: 'nothing', unknown: null });
  });
});

describe('another process', () => {
  it('reads the same of the books, while the app runs and when it does not', async () => {
    const stage = await holding();
    const place = await placeOf(stage);
    const [kept] = (await onDisk(stage)).places;
    expect(kept).toMatchObject({
      title: 'REAL MONEY IS OPEN on Binance US, and NOBODY WATCHES IT.',
      watch: 'No CryptoPiggy runs.',
      isGuarded: true,
      todo: { kind: 'start' },
      orders: place.orders,
    });
    const [position] = place.positions;
    const { symbol, amount, entryPrice, stop } = kept?.positions[0] ?? {};
    expect({ symbol, amount, entryPrice, stop }).toEqual({
      symbol: position?.symbol,
      amount: position?.amount,
      entryPrice: position?.entryPrice,
      stop: position?.stop,
    });
  });

  it('finds nothing in a folder without a profile', async () => {
    const stage = await LiveExchange.open();
    expect(await keptExposure(`${dirname(stage.path)}/none`, 'not-running')).toMatchObject({
      state: 'nothing',
    });
  });
});
