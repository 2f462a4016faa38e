import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { createExchange, START_BALANCES, type Exchange } from './exchange.ts';
import { formatUnits } from './decimal.ts';

const START = Date.UTC(2026, 0, 15, 12);
const HOUR = 3_600_000;

interface Run {
  readonly exchange: Exchange;
  readonly advance: (ms: number) => void;
}

function walk(seed: number): Run {
  const clock = createClock(() => START);
  const exchange = createExchange({
    clock,
    market: { kind: 'walk', seed },
    balances: START_BALANCES,
    matchPercent: () => 100,
  });
  return {
    exchange,
    advance: (ms) => {
      clock.advance(ms);
      exchange.catchUp();
    },
  };
}

function bars({ exchange }: Run): readonly string[] {
  return exchange.symbols.map(({ name }) => {
    const found = exchange.market(name)?.bars({
      length: 60_000,
      startTime: START - HOUR,
      endTime: undefined,
      limit: 120,
      now: exchange.now(),
    });
    return (found ?? []).map(({ open, close }) => `${open} ${close}`).join(',');
  });
}

test('the same seed gives the same market, however the clock is set forward', () => {
  const [inOne, inMany] = [walk(7), walk(7)];
  inOne.advance(HOUR);
  for (let minute = 0; minute < 60; minute += 1) inMany.advance(60_000);
  expect(bars(inMany)).toEqual(bars(inOne));
});

test('another seed, and another pair, give another market', () => {
  const [first, second] = [walk(7), walk(8)];
  first.advance(HOUR);
  second.advance(HOUR);
  expect(new Set([...bars(first), ...bars(second)]).size).toBe(10);
});

test('a walk moves, within reason', () => {
  const run = walk(3);
  run.advance(24 * HOUR);
  const last = Number(formatUnits(run.exchange.market('BTCUSDT')?.last() ?? 0n));
  expect(last).not.toBe(60_000);
  expect(last).toBeGreaterThan(45_000);
  expect(last).toBeLessThan(80_000);
});
