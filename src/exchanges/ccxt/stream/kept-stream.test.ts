/** How a stream is kept up: when it counts as down, and how soon it is dialled again. */

import { expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts';
import { keepStream, type StreamEar } from './kept-stream.ts';

const START = 1_000_000;

interface KeptStream {
  readonly clock: VirtualClock;
  /** Of each connection that was opened, its time and whether it has been hung up. */
  readonly dials: { readonly at: number; hungUp: boolean }[];
  /** Speaks on the latest connection: a book of this moment, or of another. */
  speak(time?: number): void;
  breaks(): void;
  downs(): number;
  readonly end: () => void;
  pauseUntil: number;
  /** ms that the clock went on, or back, without the timers: the machine slept, or the clock was set. */
  slept: number;
}

function aKeptStream(random = 0): KeptStream {
  const clock = createVirtualClock(START);
  const dials: { readonly at: number; hungUp: boolean }[] = [];
  let downs = 0;
  let ear: StreamEar | null = null;
  const kept = { pauseUntil: 0, slept: 0 };
  const wallClock = { setTimer: clock.setTimer, now: () => clock.now() + kept.slept };
  const end = keepStream({
    dial: (opened) => {
      ear = opened;
      const dial = { at: clock.now(), hungUp: false };
      dials.push(dial);
      return () => {
        dial.hungUp = true;
      };
    },
    patience: {
      clock: wallClock,
      random: () => random,
      pauseMs: () => Math.max(0, kept.pauseUntil - clock.now()),
      closing: new AbortController().signal,
    },
    dialled: () => undefined,
    update: () => true,
    down: () => {
      downs += 1;
    },
  });
  const speak = (time = clock.now()): void => {
    const quote = { symbol: 'BTC/USDT', time, bid: 1, ask: 2, depth: null };
    ear?.update({ quote, sequence: null });
  };
  return Object.assign(kept, {
    clock,
    dials,
    speak,
    breaks: () => ear?.ended(),
    downs: () => downs,
    end,
  });
}

it('is down after fifteen seconds of silence, and hung up then', () => {
  const stream = aKeptStream();
  stream.clock.advance(10_000);
  stream.speak();
  stream.clock.advance(14_999);
  expect(stream.downs()).toBe(0);
  stream.clock.advance(1);
  expect(stream.downs()).toBe(1);
  expect(stream.dials).toEqual([{ at: START, hungUp: true }]);
});

it('is down, too, when it speaks but its clock stands still', () => {
  const stream = aKeptStream();
  for (let seconds = 0; seconds < 15; seconds += 1) {
    stream.speak(START);
    stream.clock.advance(1_000);
  }
  expect(stream.downs()).toBe(1);
});

it('is down five seconds at most after a machine has woken', () => {
  const stream = aKeptStream();
  stream.speak();
  stream.slept = 3_600_000;
  stream.clock.advance(5_000);
  expect(stream.downs()).toBe(1);
});

it('is down by its silence, too, after the clock was set back', () => {
  const stream = aKeptStream();
  stream.speak();
  stream.slept = -3_600_000;
  stream.clock.advance(20_000);
  expect(stream.downs()).toBe(1);
});

it.each([
  [0, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
  [0.5, [750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]],
])('is dialled again ever later, and not in step with others (random %d)', (random, pauses) => {
  const stream = aKeptStream(random);
  for (const pause of pauses) {
    stream.breaks();
    stream.clock.advance(pause - 1);
    expect(stream.dials.at(-1)?.hungUp).toBe(true);
    stream.clock.advance(1);
    expect(stream.dials.at(-1)).toEqual({ at: stream.clock.now(), hungUp: false });
  }
});

it('that begins well and breaks again and again is dialled ever later all the same', () => {
  const stream = aKeptStream();
  for (const pause of [500, 1_000, 2_000, 4_000]) {
    stream.speak();
    stream.breaks();
    expect(stream.clock.waits()).toEqual([pause]);
    stream.clock.advance(pause);
  }
});

it('that has lived for a minute is dialled soon when it breaks', () => {
  const stream = aKeptStream();
  stream.breaks();
  stream.clock.advance(500);
  stream.breaks();
  stream.clock.advance(1_000);
  for (let seconds = 0; seconds < 70; seconds += 10) {
    stream.clock.advance(10_000);
    stream.speak();
  }
  stream.breaks();
  expect(stream.clock.waits()).toEqual([500]);
});

it('is not dialled while the exchange wants to be left alone', () => {
  const stream = aKeptStream();
  stream.pauseUntil = START + 60_000;
  stream.breaks();
  stream.clock.advance(59_999);
  expect(stream.dials).toHaveLength(1);
  stream.clock.advance(1);
  expect(stream.dials).toHaveLength(2);
});

it('leaves nothing behind when it is ended: while it lives, and while it waits', () => {
  const living = aKeptStream();
  living.end();
  expect(living.dials).toEqual([{ at: START, hungUp: true }]);
  expect(living.clock.waits()).toEqual([]);
  const waiting = aKeptStream();
  waiting.breaks();
  waiting.end();
  expect(waiting.clock.waits()).toEqual([]);
});
