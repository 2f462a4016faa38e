/** What becomes of single frames of a stream, right ones and wrong ones. */

import { describe, expect, it } from 'vitest';
import { createBinanceMarket } from '../testing/binance-market.ts';
import { krakenAnswers } from '../testing/kraken-answers.ts';
import { aFramedFeed, bidTold, type FramedFeed } from './testing/framed-feed.ts';
import { isPolling, NOON, PATIENCE, streaming } from './testing/streamed-feed.ts';

type Levels = readonly (readonly [price: string, amount: string])[];

/** A change of Binance's book: one number on from the last, 100 ms later, unless it says otherwise. */
interface Change {
  readonly number: number;
  readonly time?: number;
  readonly bids?: Levels;
  readonly asks?: Levels;
}

function change({ number, time = NOON + number * 100, ...sides }: Change): unknown {
  const { bids: b = [], asks: a = [] } = sides;
  return { e: 'depthUpdate', E: time, s: 'BTCUSDT', U: number, u: number, b, a };
}

/** Its book is 50,000 to 50,001, of two levels unless it says otherwise, and has the number 1. */
async function aBinanceStream(levels = 2): Promise<FramedFeed> {
  const away = (direction: 1 | -1, best: number): Levels =>
    Array.from({ length: levels }, (_, index) => [`${best + direction * index}`, '1']);
  const stage = await aFramedFeed({
    venue: 'binanceus',
    symbol: 'BTC/USDT',
    rest: (now) => {
      const market = createBinanceMarket(now);
      if (levels > 2) market.book = { bids: away(-1, 50_000), asks: away(1, 50_001) };
      return market.answer;
    },
    answer: () => ({ result: null, id: 1 }),
  });
  await streaming(stage, stage.heard);
  return stage;
}

function bids({ heard }: FramedFeed): readonly number[] {
  return heard.quotes().map(({ bid }) => bid);
}

describe('a frame of Binance', () => {
  it('changes the book that the stream began with', async () => {
    const stage = await aBinanceStream();
    stage.server.send(change({ number: 2, bids: [['50000.5', '7']] }));
    await bidTold(stage, 50_000.5);
    expect(stage.heard.quotes().at(-1)).toEqual({
      symbol: 'BTC/USDT',
      time: NOON + 200,
      bid: 50_000.5,
      ask: 50_001,
      depth: {
        bids: [
          [50_000.5, 7],
          [50_000, 1],
          [49_999, 2],
        ],
        asks: [
          [50_001, 3],
          [50_002, 4],
        ],
      },
    });
  });

  it('that comes twice is one quote', async () => {
    const stage = await aBinanceStream();
    const first = change({ number: 2, bids: [['50000.1', '1']] });
    stage.server.send(first, first);
    await bidTold(stage, 50_000.1);
    stage.server.send(first, change({ number: 3, bids: [['50000.2', '1']] }));
    await bidTold(stage, 50_000.2);
    expect(bids(stage).filter((bid) => bid === 50_000.1)).toHaveLength(1);
    expect(isPolling(stage)).toBe(false);
  });

  it.each([
    ['whose time is before the last', NOON - 5_000],
    ['that is far too old', NOON - 60_000],
    ['from the future', NOON + 3_600_000],
  ])('%s is no quote, and those after it are', async (_, time) => {
    const stage = await aBinanceStream();
    stage.server.send(change({ number: 2, bids: [['50000.1', '1']] }));
    await bidTold(stage, 50_000.1);
    stage.server.send(change({ number: 3, time, bids: [['50000.2', '1']] }));
    stage.server.send(change({ number: 4, bids: [['50000.3', '1']] }));
    await bidTold(stage, 50_000.3);
    expect(bids(stage)).not.toContain(50_000.2);
  });

  it.each([
    ['crosses the book', { bids: [['50001.5', '1']] }, { bids: [['50001.5', '0']] }],
    [
      'empties a side',
      {
        asks: [
          ['50001', '0'],
          ['50002', '0'],
        ],
      },
      { asks: [['50001', '3']] },
    ],
  ] as const)('that %s is no quote until it is right again', async (_, wrong, right) => {
    const stage = await aBinanceStream();
    stage.server.send(change({ number: 2, ...wrong }));
    stage.server.send(change({ number: 3, ...right }));
    stage.server.send(change({ number: 4, bids: [['50000.3', '1']] }));
    await bidTold(stage, 50_000.3);
    expect(bids(stage).every((bid) => bid < 50_001)).toBe(true);
    expect(isPolling(stage)).toBe(false);
  });

  it.each([
    ['with a hole before it', [4]],
    ['that overtook another', [3, 2]],
  ])('%s ends the stream: it is polled and dialled again', async (_, numbers) => {
    const stage = await aBinanceStream();
    const bid: Levels = [['50000.7', '1']];
    for (const number of numbers) stage.server.send(change({ number, bids: bid }));
    await expect.poll(() => isPolling(stage), PATIENCE).toBe(true);
    expect(bids(stage)).not.toContain(50_000.7);
    stage.clock.advance(500);
    await streaming(stage, stage.heard);
    expect(stage.server.received).toHaveLength(2);
    expect(stage.heard.events.every(({ kind }) => kind === 'quote')).toBe(true);
  });

  it('that leads the price beyond the levels that were read ends the stream', async () => {
    const stage = await aBinanceStream(500);
    const gone = (count: number): Levels =>
      Array.from({ length: count }, (_, index) => [`${50_001 + index}`, '0']);
    stage.server.send(change({ number: 2, asks: gone(400), bids: [['50350', '1']] }));
    await bidTold(stage, 50_350);
    expect(isPolling(stage)).toBe(false);
    const asks: Levels = [...gone(490), ['52500', '1'], ['53000', '1'], ['54000', '1']];
    stage.server.send(change({ number: 3, asks, bids: [['50400', '1']] }));
    await expect.poll(() => isPolling(stage), PATIENCE).toBe(true);
    expect(bids(stage)).not.toContain(50_400);
  });

  it.each([
    ['no JSON', '{"e":"depthUpdate'],
    ['an empty one', ''],
    ['null', 'null'],
    ['a list', '[1,2]'],
    ['a change without its fields', '{"e":"depthUpdate","s":"BTCUSDT"}'],
    ['a change of a pair that is not known', '{"e":"depthUpdate","s":"NOPE","U":2,"u":2}'],
  ])('that is %s is passed over, or ends the stream; quotes go on', async (_, frame) => {
    const stage = await aBinanceStream();
    stage.server.send(frame);
    stage.server.send(change({ number: 2, bids: [['50000.1', '1']] }));
    await expect
      .poll(() => {
        stage.clock.advance(25);
        return bids(stage).at(-1) === 50_000.1 || isPolling(stage);
      }, PATIENCE)
      .toBe(true);
  });
});

describe('a frame of Kraken', () => {
  const level = (price: number, qty: number): unknown => ({ price, qty });
  const SNAPSHOT = {
    channel: 'book',
    type: 'snapshot',
    data: [
      {
        symbol: 'BTC/USD',
        bids: [level(50_000, 1), level(49_999, 2), level(49_998, 2)],
        asks: [level(50_000.5, 1), level(50_000.6, 1), level(50_000.7, 1)],
        checksum: 1,
      },
    ],
  };
  const update = (ms: number, price: number, qty = 1): unknown => ({
    channel: 'book',
    type: 'update',
    data: [
      {
        symbol: 'BTC/USD',
        bids: [level(price, qty)],
        asks: [],
        checksum: 1,
        timestamp: new Date(NOON + ms).toISOString(),
      },
    ],
  });

  async function aKrakenStream(): Promise<FramedFeed> {
    const stage = await aFramedFeed({
      venue: 'kraken',
      symbol: 'BTC/USD',
      rest: (now) => krakenAnswers(now, []),
      answer: () => SNAPSHOT,
    });
    await streaming(stage, stage.heard);
    return stage;
  }

  it('changes the book that the stream began with', async () => {
    const stage = await aKrakenStream();
    expect(stage.server.received).toMatchObject([
      { method: 'subscribe', params: { channel: 'book', symbol: ['BTC/USD'], depth: 25 } },
    ]);
    stage.server.send(update(100, 50_000.2, 3));
    await bidTold(stage, 50_000.2);
    expect(stage.heard.quotes().at(-1)).toMatchObject({
      time: NOON + 100,
      ask: 50_000.5,
      depth: {
        bids: [
          [50_000.2, 3],
          [50_000, 1],
          [49_999, 2],
        ],
      },
    });
  });

  it('that comes twice is one quote', async () => {
    const stage = await aKrakenStream();
    stage.server.send(update(100, 50_000.1), update(100, 50_000.1));
    await bidTold(stage, 50_000.1);
    stage.server.send(update(100, 50_000.1), update(200, 50_000.3));
    await bidTold(stage, 50_000.3);
    expect(bids(stage).filter((bid) => bid === 50_000.1)).toHaveLength(1);
  });

  it('that is late or crosses the book is no quote', async () => {
    const stage = await aKrakenStream();
    stage.server.send(update(100, 50_000.1));
    await bidTold(stage, 50_000.1);
    stage.server.send(update(50, 50_000.2), update(50, 50_000.2, 0));
    stage.server.send(update(200, 50_000.6), update(300, 50_000.6, 0));
    stage.server.send(update(400, 50_000.3));
    await bidTold(stage, 50_000.3);
    expect(bids(stage)).not.toContain(50_000.2);
    expect(bids(stage)).not.toContain(50_000.6);
  });
});
