import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tickLabel, timeTicks } from './time-axis.ts';

const DAY = 86_400_000;
const dates = (ticks: readonly number[]) => ticks.map((time) => new Date(time).toISOString());

it('puts the ticks of a day on round hours', () => {
  const first = Date.UTC(2024, 2, 5, 0, 20);
  expect(dates(timeTicks(first, first + DAY, 6))).toEqual([
    '2024-03-05T06:00:00.000Z',
    '2024-03-05T12:00:00.000Z',
    '2024-03-05T18:00:00.000Z',
    '2024-03-06T00:00:00.000Z',
  ]);
});

it('puts the ticks of years on first days of a month, whatever their lengths', () => {
  const ticks = timeTicks(Date.UTC(2014, 10, 28), Date.UTC(2020, 0, 17), 8);
  expect(dates(ticks)).toEqual([
    '2015-01-01T00:00:00.000Z',
    '2016-01-01T00:00:00.000Z',
    '2017-01-01T00:00:00.000Z',
    '2018-01-01T00:00:00.000Z',
    '2019-01-01T00:00:00.000Z',
    '2020-01-01T00:00:00.000Z',
  ]);
});

it('labels ticks as shortly as the span allows', () => {
  const time = Date.UTC(2024, 2, 5, 14);
  expect(tickLabel(time, DAY)).toBe('14:00');
  expect(tickLabel(Date.UTC(2024, 2, 5), DAY)).toBe('05 Mar');
  expect(tickLabel(time, 30 * DAY)).toBe('05 Mar');
  expect(tickLabel(time, 800 * DAY)).toBe('Mar 2024');
});

it('never draws more ticks than fit, nor any outside', () => {
  const year2000 = Date.UTC(2000, 0, 1);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_000 * DAY }),
      fc.integer({ min: 1, max: 9_000 * DAY }),
      fc.integer({ min: 2, max: 12 }),
      (offset, span, most) => {
        const first = year2000 + offset;
        const ticks = timeTicks(first, first + span, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(first);
          expect(tick).toBeLessThanOrEqual(first + span);
        }
      },
    ),
  );
});
