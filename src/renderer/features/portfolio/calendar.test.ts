import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';

const DAY = 86_400_000;
/** A Wednesday. */
const NOW = Date.UTC(2026, 0, 7, 15);
const today = Date.UTC(2026, 0, 7);
const result = (day: number, openingEquity: number, equity: number) => ({
  day,
  openingEquity,
  equity,
  trades: 2,
});

describe('the calendar of profit and loss', () => {
  it('has whole weeks from Monday to Sunday, and today in the last one', () => {
    const weeks = calendarOf([], NOW);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks.at(-1)?.map(({ day }) => day)).toContain(today);
    expect(new Date(weeks.at(-1)?.[0]?.day ?? 0).getUTCDay()).toBe(1);
    const days = weeks.flat().map(({ day }) => day);
    expect(days.every((day, index) => index === 0 || day - (days[index - 1] ?? 0) === DAY)).toBe(
      true,
    );
  });

  it('shows what a day brought, in money and of its opening', () => {
    const days = calendarOf([result(today, 200, 190), result(today - DAY, 100, 100.3)], NOW).flat();
    expect(days.find(({ day }) => day === today)).toMatchObject({
      pnl: -10,
      part: -0.05,
      trades: 2,
      level: 'down-3',
    });
    expect(days.find(({ day }) => day === today - DAY)?.level).toBe('up-1');
    expect(days.find(({ day }) => day === today - 2 * DAY)).toMatchObject({
      pnl: null,
      level: 'none',
    });
  });
});
