import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalsFor,
  formatAmount,
  formatBytes,
  formatCompact,
  formatCount,
  formatCounted,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPrice,
  formatRatio,
  formatTick,
  priceDecimals,
  unitsOf,
} from './format.ts';

/** No-break spaces are for the eye; the expectations are written with plain ones. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('money', () => {
  it('separates thousands and shows two decimals', () => {
    expect(formatMoney(1_234_567.891)).toBe('1,234,567.89');
    expect(formatMoney(0)).toBe('0.00');
    expect(formatMoney(0.5)).toBe('0.50');
  });

  it('keeps the digits that count of what is smaller than a cent', () => {
    expect(formatMoney(0.00123)).toBe('0.0012');
    expect(formatMoney(0.000000004)).toBe('0.00000000');
  });

  it('writes a loss with a true minus sign, and a gain with a plus where asked', () => {
    expect(formatMoney(-50)).toBe('−50.00');
    expect(formatMoney(50, { plus: true })).toBe('+50.00');
    expect(formatMoney(-0, { plus: true })).toBe('0.00');
  });
});

describe('percentages', () => {
  it('shows a fraction with two decimals', () => {
    expect(plain(formatPercent(0.12345))).toBe('12.35 %');
    expect(plain(formatPercent(-0.5))).toBe('−50.00 %');
    expect(plain(formatPercent(12.5, { plus: true }))).toBe('+1,250.00 %');
  });

  it('gives no sign to what rounds to nothing', () => {
    expect(plain(formatPercent(-0.000001, { plus: true }))).toBe('0.00 %');
  });
});

describe('prices and amounts', () => {
  it.each([
    [27_123.456, '27,123.46'],
    [182.5, '182.500'],
    [1.23456, '1.2346'],
    [0.1234567, '0.12346'],
    [0.00001234567, '0.00001235'],
    [8.5e-7, '0.00000085'],
    [8.5e-10, '0.00000000085'],
  ])('shows the price %d as %s', (price, text) => {
    expect(formatPrice(price)).toBe(text);
  });

  it('takes one number of decimals for a whole column', () => {
    expect(formatPrice(9.5, priceDecimals(27_000))).toBe('9.50');
  });

  it('suits the decimals to most of a column', () => {
    expect(decimalsFor([27_000, 570])).toBe(2);
    expect(decimalsFor([0.5, 2])).toBe(4);
    expect(decimalsFor([])).toBe(5);
  });

  it.each([
    [0.368945234, '0.368945'],
    [12.5, '12.5000'],
    [12_345.678, '12,345.68'],
    [0.00004321, '0.00004321'],
  ])('shows the amount %d as %s', (amount, text) => {
    expect(formatAmount(amount)).toBe(text);
  });
});

describe('large figures', () => {
  it.each([
    [1_240_000, '1.24 M'],
    [25_300, '25.30 k'],
    [253_000, '253 k'],
    [2_500_000_000, '2.50 B'],
    [9_999, '9,999'],
    [12.345, '12.35'],
    [0, '0'],
  ])('shows %d as %s', (value, text) => {
    expect(plain(formatCompact(value))).toBe(text);
  });

  it.each([
    [20_000, '20 k'],
    [7_500, '7.5 k'],
    [1_250_000, '1.25 M'],
    [-0.35, '−0.35'],
    [0, '0'],
  ])('shows %d on an axis as %s', (value, text) => {
    expect(plain(formatTick(value))).toBe(text);
  });

  it('counts in whole numbers, with the right noun', () => {
    expect(formatCount(1_204.4)).toBe('1,204');
    expect(formatCounted(1, 'trade', 'trades')).toBe('1 trade');
    expect(formatCounted(0, 'trade', 'trades')).toBe('0 trades');
  });

  it('gives sizes of files in the unit that fits', () => {
    expect(plain(formatBytes(512))).toBe('512 B');
    expect(plain(formatBytes(94_003))).toBe('94.0 kB');
    expect(plain(formatBytes(1_731_394))).toBe('1.7 MB');
  });
});

describe('times', () => {
  it('are written in UTC, whatever the zone of the machine', () => {
    const time = Date.UTC(2024, 2, 5, 14, 0);
    expect(formatDateTime(time)).toBe('2024-03-05 14:00');
    expect(formatDate(time)).toBe('2024-03-05');
    expect(formatDateRange(time, time + DAY)).toBe('2024-03-05 to 2024-03-06');
    expect(formatDateRange(time, time + 1)).toBe('2024-03-05');
  });

  it.each([
    [12 * DAY + 4 * HOUR, '12 d 4 h'],
    [12 * DAY, '12 d'],
    [4 * HOUR + 15 * 60_000, '4 h 15 min'],
    [45 * 60_000, '45 min'],
    [61_000, '1 min 1 s'],
    [0, '0 s'],
    [812.4 * DAY, '812 d'],
  ])('shows %d ms as %s', (duration, text) => {
    expect(plain(formatDuration(duration))).toBe(text);
  });
});

describe('whatever it is given', () => {
  const formats = {
    formatAmount,
    formatCompact,
    formatCount,
    formatDate,
    formatDateTime,
    formatDuration,
    formatMoney,
    formatPercent,
    formatPrice,
    formatRatio,
  };

  it.each(Object.entries(formats))(
    '%s shows a dash for a figure that is not there',
    (_, format) => {
      expect(format(null)).toBe('–');
      expect(format(Number.NaN)).toBe('–');
      expect(format(Number.POSITIVE_INFINITY)).toBe('–');
    },
  );

  it('never shows NaN, an exponent or more than twelve decimals', () => {
    const amounts = [formatMoney, formatPrice, formatAmount, formatPercent, formatRatio];
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), (value) => {
        for (const format of amounts) {
          expect(format(value)).toMatch(/^[+−]?[\d,]+(\.\d{1,12})?(\u00a0%)?$/);
        }
      }),
    );
  });
});

it('takes a symbol apart into its units', () => {
  expect(unitsOf('BTC/USDT')).toEqual({ base: 'BTC', quote: 'USDT' });
  expect(unitsOf('GOOG')).toEqual({ base: 'GOOG', quote: '' });
});
