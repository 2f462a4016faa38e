import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../core/events.ts';
import { keptState } from '../../core/testing/kept-state.ts';
import { manualBot, Stage } from '../../core/testing/stage.ts';
import { QuietEvents } from './quiet-events.ts';

function quote(symbol: string, time: number, price = 100): EngineEvent {
  return { kind: 'quote', symbol, time, bid: price, ask: price };
}

function tick(time: number): EngineEvent {
  return { kind: 'tick', time };
}

/** What is kept of `events`, as `symbol@time`; the first quote of each symbol went before. */
function keptOf(...events: readonly EngineEvent[]): readonly string[] {
  const quiet = new QuietEvents();
  for (const symbol of ['BTC/USDT', 'ETH/USDT', 'ETH/BTC', 'BTC/USDT', 'ETH/USDT', 'ETH/BTC']) {
    quiet.add(quote(symbol, 0));
  }
  quiet.take();
  for (const event of events) quiet.add(event);
  const size = quiet.size;
  const kept = quiet.take();
  expect(kept).toHaveLength(size);
  expect(quiet.take()).toEqual([]);
  return kept.map((event) => {
    if (event.kind === 'quote') return `${event.symbol}@${event.time}`;
    return event.kind === 'tick' ? `tick@${event.time}` : event.kind;
  });
}

describe('quiet events', () => {
  it('are the last quote of each symbol and the last tick, in their order', () => {
    expect(
      keptOf(
        quote('BTC/USDT', 1),
        tick(2),
        quote('ETH/USDT', 3),
        quote('BTC/USDT', 4),
        tick(5),
        quote('BTC/USDT', 6),
      ),
    ).toEqual(['ETH/USDT@3', 'tick@5', 'BTC/USDT@6']);
  });

  it('of any other kind are all kept, and what came before them comes before them', () => {
    const paused: EngineEvent = { kind: 'bot-paused', time: 3, botId: 'b' };
    expect(
      keptOf(quote('BTC/USDT', 1), quote('BTC/USDT', 2), paused, paused, quote('BTC/USDT', 4)),
    ).toEqual(['BTC/USDT@2', 'bot-paused', 'bot-paused', 'BTC/USDT@4']);
  });

  it('keep the latest time when the clock is set back', () => {
    expect(keptOf(quote('BTC/USDT', 5), quote('BTC/USDT', 3), quote('BTC/USDT', 4))).toEqual([
      'BTC/USDT@5',
      'BTC/USDT@4',
    ]);
    expect(keptOf(tick(5), tick(5), tick(4))).toEqual(['tick@5', 'tick@4']);
    // ETH was seen when it was 5 already.
    expect(keptOf(quote('BTC/USDT', 5), quote('ETH/USDT', 3), quote('BTC/USDT', 6))).toEqual([
      'BTC/USDT@5',
      'ETH/USDT@3',
      'BTC/USDT@6',
    ]);
  });

  it('keep a price that another was counted in', () => {
    expect(keptOf(quote('BTC/USDT', 1), quote('ETH/BTC', 2), quote('BTC/USDT', 3))).toEqual([
      'BTC/USDT@1',
      'ETH/BTC@2',
      'BTC/USDT@3',
    ]);
    expect(keptOf(quote('ETH/BTC', 1), quote('BTC/USDT', 2), quote('ETH/BTC', 3))).toEqual([
      'BTC/USDT@2',
      'ETH/BTC@3',
    ]);
  });

  it('keep the first quote of a symbol, and the first that can be counted in money', () => {
    const quiet = new QuietEvents();
    for (const time of [1, 2, 3]) quiet.add(quote('ETH/BTC', time));
    for (const time of [4, 5, 6]) quiet.add(quote('BTC/USDT', time));
    for (const time of [7, 8, 9]) quiet.add(quote('ETH/BTC', time));
    expect(quiet.take().map((event) => 'time' in event && event.time)).toEqual([1, 3, 4, 6, 7, 9]);
  });

  it('leave an engine in the state in which all of them would have left it', () => {
    const symbols = ['BTC/USDT', 'ETH/USDT', 'ETH/BTC', 'SOL/ETH'];
    const someTime = fc.integer({ min: -2_000, max: 3_600_000 });
    const symbol = fc.constantFrom(...symbols);
    const price = fc.double({ min: 90, max: 110, noNaN: true });
    const coin = fc.constantFrom('BTC', 'ETH', 'SOL', 'USDT');
    const happening = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('quote'), symbol, price, someTime }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick'), someTime }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('transfer'), coin, someTime }) },
    ) as fc.Arbitrary<Happening>;
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const bots = symbols.map((each) => manualBot(each, each));
        const live = new Stage({ bots });
        const journal: EngineEvent[] = [];
        const quiet = new QuietEvents();
        let now = live.now;
        for (const each of happenings) {
          now += each.someTime;
          const event = eventOf(each, now);
          const audited = live.audited.length;
          const decisions = live.tell(event);
          if (decisions.length === 0 && live.audited.length === audited) quiet.add(event);
          else journal.push(...quiet.take(), event);
        }
        journal.push(...quiet.take());
        const replayed = new Stage({ bots });
        for (const event of journal) replayed.tell(event);
        expect(keptState(replayed.engine)).toEqual(keptState(live.engine));
      }),
    );
  });
});

type Happening = { readonly someTime: number } & (
  | { readonly kind: 'quote'; readonly symbol: string; readonly price: number }
  | { readonly kind: 'tick' }
  | { readonly kind: 'transfer'; readonly coin: string }
);

function eventOf(happening: Happening, time: number): EngineEvent {
  switch (happening.kind) {
    case 'quote':
      return quote(happening.symbol, time, happening.price);
    case 'tick':
      return tick(time);
    case 'transfer':
      return { kind: 'transfer', time, currency: happening.coin, amount: 1 };
  }
}
