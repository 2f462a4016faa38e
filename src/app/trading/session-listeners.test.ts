/** Whoever listens to a session hears everything in its order, whatever the others do. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../core/events.ts';
import { LiveSession } from './testing/live-session.ts';

/** Money put in, numbered by its amount. */
function numbered(live: LiveSession, amount: number): EngineEvent {
  return { kind: 'transfer', time: live.clock.now, currency: 'USDT', amount };
}

/** Numbers of the events as a listener hears them. */
function hearing(live: LiveSession): readonly number[] {
  const heard: number[] = [];
  live.session.onEvent((event) => {
    if (event.kind === 'transfer') heard.push(event.amount);
  });
  return heard;
}

describe('a listener that throws', () => {
  it('keeps no other from hearing, and is reported once however often it throws', async () => {
    const live = await LiveSession.open();
    const before = hearing(live);
    const broken = new Error('The listener is broken.');
    live.session.onEvent(() => {
      throw broken;
    });
    const after = hearing(live);
    for (const amount of [1, 2, 3]) live.session.dispatch(numbered(live, amount));
    expect(before).toEqual([1, 2, 3]);
    expect(after).toEqual([1, 2, 3]);
    expect(live.faults).toEqual([broken]);
    expect(live.session.fault).toBeNull();
  });

  it('is reported again once it had recovered', async () => {
    const live = await LiveSession.open();
    let isBroken = true;
    live.session.onEvent(() => {
      if (isBroken) throw new Error('The listener is broken.');
    });
    live.session.dispatch(numbered(live, 1));
    isBroken = false;
    live.session.dispatch(numbered(live, 2));
    isBroken = true;
    live.session.dispatch(numbered(live, 3));
    expect(live.faults).toHaveLength(2);
  });

  it('leaves no event behind that came meanwhile: 1, 2, 3 and never 1, 3, 2', async () => {
    const live = await LiveSession.open();
    live.session.onEvent((event) => {
      if (event.kind !== 'transfer' || event.amount !== 1) return;
      live.session.dispatch(numbered(live, 2));
      throw new Error('The listener is broken.');
    });
    const heard = hearing(live);
    live.session.dispatch(numbered(live, 1));
    live.session.dispatch(numbered(live, 3));
    expect(heard).toEqual([1, 2, 3]);
  });

  it('whose throw cannot even be reported leaves no event behind either', async () => {
    const live = await LiveSession.open();
    live.refusesReports = true;
    live.session.onEvent((event) => {
      if (event.kind !== 'transfer' || event.amount !== 1) return;
      live.session.dispatch(numbered(live, 2));
      throw new Error('The listener is broken.');
    });
    const heard = hearing(live);
    expect(() => live.session.dispatch(numbered(live, 1))).toThrow('The log is full.');
    live.session.dispatch(numbered(live, 3));
    expect(heard.slice(-2)).toEqual([2, 3]);
  });
});

it('whatever listeners throw and send on, all hear each event once, in the order of the books', async () => {
  const live = await LiveSession.open();
  let last = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ sendsOn: fc.boolean(), throws: fc.boolean() }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 5 }),
      async (kinds, events) => {
        const heard: number[][] = [];
        const removals = kinds.map(({ sendsOn, throws }, index) => {
          const own: number[] = [];
          heard.push(own);
          return live.session.onEvent((event) => {
            if (event.kind !== 'transfer') return;
            own.push(event.amount);
            // Whole numbers are of the test; what is sent on because of one is counted up in halves.
            if (sendsOn && Number.isInteger(event.amount)) {
              live.session.dispatch(numbered(live, event.amount + (index + 1) / 16));
            }
            if (throws) throw new Error('The listener is broken.');
          });
        });
        const witness: number[] = [];
        removals.push(
          live.session.onEvent((event) => {
            if (event.kind === 'transfer') witness.push(event.amount);
          }),
        );
        const senders = kinds.flatMap(({ sendsOn }, index) => (sendsOn ? [index] : []));
        const expected: number[] = [];
        for (let count = 0; count < events; count += 1) {
          last += 1;
          live.session.dispatch(numbered(live, last));
          expected.push(last, ...senders.map((index) => last + (index + 1) / 16));
        }
        for (const remove of removals) remove();
        expect(witness).toEqual(expected);
        for (const own of heard) expect(own).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});
