/** What a subscriber hears while the stream works, fails and comes back: on the exchange simulator. */

import { describe, expect, it } from 'vitest';
import {
  aStreamedFeed,
  BTC,
  isPolling,
  move,
  NOON,
  PATIENCE,
  quoted,
  streaming,
  type Heard,
  type StreamedFeed,
} from './testing/streamed-feed.ts';

async function aStream(wants = BTC): Promise<StreamedFeed & { readonly heard: Heard }> {
  const stage = await aStreamedFeed();
  const heard = stage.listen(wants);
  await streaming(stage, heard);
  return { ...stage, heard };
}

function booksRead({ asked }: StreamedFeed): number {
  return asked.filter((path) => path.endsWith('/depth')).length;
}

describe('a stream that works', () => {
  it('tells quotes with the book behind them, and nothing is polled', async () => {
    const stage = await aStream();
    const before = booksRead(stage);
    for (let seconds = 0; seconds < 60; seconds += 5) await quoted(stage, stage.heard, 5_000);
    expect(booksRead(stage)).toBe(before);
    const last = stage.heard.quotes().at(-1);
    expect(last?.depth?.bids.length).toBe(20);
    expect(last?.depth?.asks[0]?.[0]).toBe(last?.ask);
  });

  it('tells the latest of many quotes, four times a second', async () => {
    const stage = await aStream();
    const before = { quotes: stage.heard.quotes().length, time: stage.clock.now() };
    let price = 0;
    for (let moves = 0; moves < 40; moves += 1) price = move(stage, 50);
    await expect
      .poll(() => {
        stage.clock.advance(50);
        return stage.heard.quotes().at(-1)?.bid;
      }, PATIENCE)
      .toBe(price - 0.01);
    const quarters = (stage.clock.now() - before.time) / 250;
    expect(stage.heard.quotes().length - before.quotes).toBeLessThanOrEqual(quarters + 1);
  });
});

describe('a stream that fails', () => {
  it('by a broken connection is polled at once, and dialled again', async () => {
    const stage = await aStream();
    const before = booksRead(stage);
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    await expect.poll(() => isPolling(stage), PATIENCE).toBe(true);
    expect(booksRead(stage)).toBe(before + 1);
    expect(stage.clock.waits()).toEqual([500, 10_000]);
    stage.clock.advance(500);
    await streaming(stage, stage.heard);
    await quoted(stage, stage.heard);
    expect(stage.heard.events.every(({ kind }) => kind === 'quote')).toBe(true);
  });

  it('by silence is polled from the fifteenth second on, every ten seconds', async () => {
    const stage = await aStream();
    await quoted(stage, stage.heard);
    const before = booksRead(stage);
    stage.clock.advance(14_500);
    expect(isPolling(stage)).toBe(false);
    stage.clock.advance(500);
    await expect.poll(() => isPolling(stage), PATIENCE).toBe(true);
    expect(booksRead(stage)).toBe(before + 1);
    expect(stage.heard.quotes().at(-1)?.time).toBeGreaterThan(stage.clock.now() - 1_000);
  });

  it('and polling that fails too are an outage, told once; its end is told once', async () => {
    const stage = await aStream();
    stage.simulator.control.fault({ kind: 'maintenance', on: true });
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    const outages = (): unknown =>
      stage.heard.events.flatMap((event) => (event.kind === 'connection' ? [event.up] : []));
    await expect
      .poll(() => {
        stage.clock.advance(250);
        return outages();
      }, PATIENCE)
      .toEqual([false]);
    stage.simulator.control.clearFaults();
    await expect
      .poll(() => {
        stage.clock.advance(250);
        return outages();
      }, PATIENCE)
      .toEqual([false, true]);
    await streaming(stage, stage.heard);
    expect(outages()).toEqual([false, true]);
  });
});

describe('what is ended', () => {
  it('leaves no timer and no news', async () => {
    const stage = await aStream();
    const told = stage.heard.events.length;
    stage.heard.end();
    expect(stage.clock.waits()).toEqual([]);
    move(stage, 60_000);
    expect(stage.heard.events.length).toBe(told);
  });

  it('by closing the feed stays so, for those too who come later', async () => {
    const stage = await aStream();
    stage.feed.close();
    const late = stage.listen(BTC);
    expect(stage.clock.waits()).toEqual([]);
    expect(late.events).toEqual([]);
  });

  it('by the listener while it is being told is told nothing more', async () => {
    const stage = await aStreamedFeed();
    let told = 0;
    const end = stage.feed.subscribe({ ...BTC, bars: [] }, () => {
      told += 1;
      end();
    });
    await expect.poll(() => told, PATIENCE).toBe(1);
    expect(stage.clock.waits()).toEqual([]);
  });
});

it('a feed that is told not to stream polls alone', async () => {
  const stage = await aStreamedFeed({ stream: false });
  const heard = stage.listen(BTC);
  for (const times of [1, 2, 3]) {
    await expect.poll(() => heard.quotes().length, PATIENCE).toBe(times);
    expect(stage.clock.waits()).toEqual([10_000]);
    stage.clock.advance(10_000);
  }
});

describe('bars', () => {
  const WANTS = { ...BTC, bars: [{ symbol: 'BTC/USDT', timeframe: '1m' }] } as const;

  it('are told once each and in order through broken connections and sleep', async () => {
    const stage = await aStreamedFeed();
    const heard = stage.listen(WANTS);
    await expect.poll(() => heard.quotes().length, PATIENCE).toBeGreaterThan(0);
    const told = async (minutes: number): Promise<void> => {
      const starts = Array.from({ length: minutes }, (_, index) => NOON + index * 60_000);
      await expect
        .poll(() => {
          stage.clock.advance(100);
          return heard.bars();
        }, PATIENCE)
        .toEqual(starts);
    };
    stage.clock.advance(61_500);
    await told(1);
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    stage.clock.advance(60_000);
    await told(2);
    stage.clock.advance(5 * 60_000);
    await told(7);
  });
});
