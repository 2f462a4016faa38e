import { expect, it } from 'vitest';
import { isFigure } from './pasted-number.ts';

it.each(['1', '0.5', '.5', '1234.5', '1,234', '12,345,678.9', '-3', ' 20 ', '+7'])(
  'takes %j as it stands',
  (text) => expect(isFigure(text)).toBe(true),
);

it.each([
  '1,5',
  '12,34',
  '1,5000',
  '1.234,5',
  '1.2.3',
  '1e3',
  '0x10',
  '50 USD',
  'NaN',
  '',
  ' ',
  '.',
  '-',
  '<img src=x onerror=alert(1)>',
  '１２',
])('does not make a figure of %j', (text) => expect(isFigure(text)).toBe(false));
