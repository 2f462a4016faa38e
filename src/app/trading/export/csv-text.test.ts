import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, plainDecimal } from './csv-text.ts';

function cell(value: number | string | null): string {
  return [...csvText([['a', () => value]], [null])].join('').slice('a\r\n'.length, -'\r\n'.length);
}

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1e-8, '0.00000001'],
    [-1.5e-7, '-0.00000015'],
    [-0.5, '-0.5'],
    [1e21, '1000000000000000000000'],
    [1.25e22, '12500000000000000000000'],
    [0.1 + 0.2, '0.30000000000000004'],
    [67_123.45, '67123.45'],
  ])('%d is written %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
    expect(cell(value)).toBe(text);
  });

  it('are plain, and read back as they were', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(Number(text) === value).toBe(true);
      }),
    );
  });

  it('are refused where they are none', () => {
    expect(() => cell(NaN)).toThrow(RangeError);
    expect(() => cell(Infinity)).toThrow(RangeError);
  });
});

describe('text', () => {
  it.each([
    [null, ''],
    ['', ''],
    ['plain', 'plain'],
    ['12-34=56', '12-34=56'],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['  =1', "'  =1"],
    ['"=1', '"\'""=1"'],
    ['＝1', "'＝1"],
    ['\ttab', "'\ttab"],
    ['x;=1', "x;'=1"],
    ['x\n=1', '"x\n\'=1"'],
    ['x\t=1', "x\t'=1"],
  ])('%j is written %j', (text, written) => {
    expect(cell(text)).toBe(written);
  });

  it('never begins a cell like a formula, whichever character splits the cells', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '＝', ';', '\t', '\r', '\n', '"', ' ', 'a', "'"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(nasty, (text) => {
        for (const part of cell(text).split(/[;\t\r\n]/)) {
          expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        }
      }),
    );
  });
});
