import { describe, expect, it } from 'vitest';
import { createFindings } from './findings.ts';
import { createRowSink } from './row-sink.ts';
import {
  csv,
  gzipped,
  HEADER,
  inChunks,
  problemOf,
  readText,
  row,
  START,
} from './testing/candle-text.ts';
import { scanText } from './text-scan.ts';

const GOOD = [row(0), row(1)];

describe('a row that cannot be', () => {
  it.each([
    [row(2, '100,99.5,101.2,100,5'), 'high 99.5 is below low 101.2'],
    [row(2, '103,102,99,101,5'), 'open 103 is not between low 99 and high 102'],
    [row(2, '100,102,99,98.5,5'), 'close 98.5 is not between low 99 and high 102'],
    [row(2, '100,102,0,101,5'), 'the low 0 is not above zero'],
    [row(2, '-1,102,-2,101,5'), 'the open -1 is not above zero'],
    [row(2, '100,102,99,101,-5'), 'volume -5 is negative'],
    [row(2, '100,102,99,101,'), 'the volume is missing'],
    [row(2, ' ,102,99,101,5'), 'the open is missing'],
    [row(2, '100,NaN,99,101,5'), 'the high "NaN" is not a number'],
    [row(2, '100,102,99,Infinity,5'), 'the close "Infinity" is not a number'],
    [row(2, '100,102,0x10,101,5'), 'the low "0x10" is not a number'],
    [row(2, '"1,5",102,99,101,5'), 'the open "1,5" is not a number'],
    [row(2, '100,102,99,101,"5"6'), 'the volume "\uFFFD5\uFFFD6" is not a number'],
    [row(2, '100,102,99'), '4 of 6 columns are there'],
    [row(2, '100,102,99,101,1,234'), 'there are 7 columns, but the header names 6'],
    [row(2, '100,1e300,99,101,5'), 'the high 1e+300 is not between 1e-12 and 1e12'],
    [row(2, '100,102,1e-300,101,5'), 'the low 1e-300 is not between 1e-12 and 1e12'],
    ['abc,100,102,99,101,5', 'the timestamp "abc" is neither a number nor an ISO date'],
    [
      '2023-02-30,100,102,99,101,5',
      'the timestamp "2023-02-30" is neither a number nor an ISO date',
    ],
    [',100,102,99,101,5', 'the timestamp is missing'],
    [
      '17,100,102,99,101,5',
      'the timestamp "17" is no time in seconds, milliseconds or microseconds',
    ],
    [
      `${START + 120_000}.5,100,102,99,101,5`,
      `the timestamp "${START + 120_000}.5" is not a whole number`,
    ],
    [
      `${START / 1000 + 120},100,102,99,101,5`,
      `the timestamp "${START / 1000 + 120}" is in seconds, those before it are in milliseconds`,
    ],
    [
      '2023-03-01,100,102,99,101,5',
      'the timestamp "2023-03-01" is a date, those before it are in milliseconds',
    ],
  ])('%s', async (bad, detail) => {
    expect(await problemOf(csv(...GOOD, bad, row(3)))).toBe(`btc.csv, line 4: ${detail}.`);
  });

  it('may end with the separator', async () => {
    const read = await readText(csv(...GOOD, `${row(2)},`));
    expect(read.ok && read.value.candles.length).toBe(3);
  });

  it('is not looked for under a header that names a column twice', async () => {
    const text = `${HEADER},close\n${row(0)},7\n`;
    expect(await problemOf(text)).toContain('line 1: the header names close more than once');
  });

  it('is not read in a timeframe that is not its own', async () => {
    const read = await readText(csv(row(0), row(60), row(120)), { timeframe: '5m' });
    expect(read.ok ? '' : read.error.sentence).toBe('btc.csv: its bars are 1h bars, not 5m ones.');
  });

  it('may have a time between two milliseconds', async () => {
    const sentence = await problemOf(csv(`${START}001,100,102,99,101,5`));
    expect(sentence).toBe(
      `btc.csv, line 2: the timestamp "${START}001" is not a whole millisecond.`,
    );
  });

  it('is told with those like it, and every kind once', async () => {
    const bad = '100,99.5,101.2,100,5';
    const rows = [...GOOD, row(2, bad), row(3, bad), row(4, 'x,1,1,1,1'), row(5, bad), row(6, bad)];
    expect(await problemOf(csv(...rows))).toBe(
      'btc.csv, line 4: high 99.5 is below low 101.2 (and 3 more like it, in lines 5, 7 and 8); line 6: the open "x" is not a number.',
    );
    expect(await problemOf(csv(...rows, row(7, bad)))).toContain(
      '(and 4 more like it, first in lines 5, 7 and 8)',
    );
    expect(await problemOf(csv(...rows.slice(0, 4)))).toContain('(and 1 more like it, in line 5)');
  });

  it('stands in an entry when the file is JSON', async () => {
    expect(await problemOf(`[[${row(0)}],[${row(1, '1,null,1,1,1')}]]`)).toBe(
      'btc.csv, entry 2: the high "null" is not a number.',
    );
  });

  it('is one of at most five kinds that are told', async () => {
    const sentence = await problemOf(
      csv(
        'x,1,1,1,1,1',
        row(1, ',1,1,1,1'),
        row(2, 'x,1,1,1,1'),
        row(3, '1,1,1,1,-1'),
        row(4, '1,1,2,1,1'),
        row(5, '1'),
        row(4, '9,9,9,9,9'),
      ),
    );
    expect(sentence).toContain('line 6: high 1 is below low 2; and 2 more kinds of defects.');
  });
});

describe('bars that contradict each other', () => {
  it('are duplicates with different values', async () => {
    expect(await problemOf(csv(...GOOD, row(1, '100,102,99,101,6'), row(2)))).toBe(
      'btc.csv, line 4: the bar of 2023-03-01 00:01 UTC is there twice with different values.',
    );
  });

  it('are bars in disorder', async () => {
    expect(await problemOf(csv(row(0), row(2), row(1), row(3)))).toBe(
      'btc.csv, line 4: the bar of 2023-03-01 00:01 UTC comes after that of 2023-03-01 00:02 UTC.',
    );
  });

  it('are bars off the grid, or closer than the timeframe', async () => {
    const sentence = await problemOf(csv(row(0), row(60), row(120), row(190)));
    expect(sentence).toBe(
      'btc.csv, line 5: the bar of 2023-03-01 03:10 UTC is not a whole number of 1h bars after the first.',
    );
    expect(await problemOf(csv(...GOOD), { timeframe: '1h' })).toBe(
      'btc.csv, line 3: the bars are 1 minute apart, closer than 1h.',
    );
  });

  it('are daily bars that do not begin at midnight only if they are not whole days apart', async () => {
    const days = csv(row(870), row(870 + 1440), row(870 + 5 * 1440));
    const result = await readText(days, { timeframe: '1d' });
    expect(result.ok && result.value.timeframe).toBe('1d');
    const shifted = await problemOf(csv(row(0), row(1440), row(2880), row(2 * 1440 + 1500)));
    expect(shifted).toContain(
      'line 5: the bar of 2023-03-04 01:00 UTC is not a whole number of 1d bars',
    );
  });
});

describe('the timeframe', () => {
  it('is the most common step, and must be supported', async () => {
    expect(await problemOf(csv(row(0), row(30), row(60)))).toBe(
      'btc.csv: its bars are mostly 30 minutes apart; supported are 1m, 5m, 15m, 1h, 4h and 1d.',
    );
    expect(await problemOf(csv(row(0), row(7 * 1440)))).toContain('mostly 7 days apart');
  });

  it('cannot be told from a single bar', async () => {
    expect(await problemOf(csv(row(0)))).toBe(
      'btc.csv: one bar alone does not tell its timeframe; give the timeframe.',
    );
    const given = await readText(csv(row(0)), { timeframe: '4h' });
    expect(given.ok && given.value.timeframe).toBe('4h');
  });
});

describe('a file that is no candle file', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'btc.csv: the file is empty.'],
    ['blank lines', '\n \n', 'btc.csv: the file is empty.'],
    ['a gzip of nothing', gzipped(''), 'btc.csv: the file is empty.'],
    ['a header only', `${HEADER}\n`, 'btc.csv: the file has a header but no bars below it.'],
    ['no bars', '[]', 'btc.csv: the file has no bars.'],
    [
      'binary',
      Uint8Array.of(0x89, 0x50, 0, 1, 2),
      'btc.csv: this is not a text file; CSV or JSON was expected.',
    ],
    [
      'zip',
      Uint8Array.of(0x50, 0x4b, 3, 4, 0),
      'btc.csv: this is a zip archive; unpack it and take the file inside.',
    ],
    [
      'UTF-16',
      Uint8Array.of(0xff, 0xfe, 0x74, 0),
      'btc.csv: the text is in UTF-16; save it as UTF-8.',
    ],
    [
      'a JSON object',
      '{"a":1}',
      'btc.csv: this is a JSON object; an array of rows [[timestamp, open, high, low, close, volume], …] was expected.',
    ],
    [
      'JSON objects',
      '[{"a":1}]',
      'btc.csv, entry 1: an object stands where a row [timestamp, open, high, low, close, volume] was expected.',
    ],
    [
      'prose',
      'Dear all\n',
      'btc.csv, line 1: no columns are separated by commas, semicolons or tabs; expected timestamp, open, high, low, close and volume.',
    ],
    [
      'other columns',
      'when,open,high,low\n',
      'btc.csv, line 1: the header has no column named timestamp (or time, or date), close and volume; expected timestamp, open, high, low, close and volume.',
    ],
    [
      'five columns',
      '1677628800000,1,2,3,4\n',
      'btc.csv, line 1: without a header, at least 6 columns are needed; expected timestamp, open, high, low, close and volume.',
    ],
    [
      'one endless line',
      `a,b${' '.repeat(70_000)}`,
      'btc.csv, line 1: the line is longer than 65,536 bytes, so this is no candle file.',
    ],
    [
      'one endless entry',
      `[[1,${' '.repeat(70_000)}`,
      'btc.csv, entry 1: the entry is longer than 65,536 bytes, so this is no candle file.',
    ],
  ])('%s', async (_what, content, sentence) => {
    expect(await problemOf(content, { chunk: 1 << 16 })).toBe(sentence);
    expect(await problemOf(content, { chunk: 1000 })).toBe(sentence);
  });
});

describe('a file that is cut or damaged', () => {
  it('ends within a line', async () => {
    const text = csv(...GOOD, row(2));
    expect(await problemOf(text.slice(0, -9))).toBe(
      'btc.csv, line 4: the file ends within this line, 3 of 6 columns are there.',
    );
    expect(await problemOf(text.slice(0, -2))).toBe(
      'btc.csv, line 4: the file ends within this line, 5 of 6 columns are there.',
    );
  });

  it('ends within JSON', async () => {
    expect(await problemOf(`[[${row(0)}],[${row(1).slice(0, 20)}`)).toBe(
      'btc.csv, entry 2: the file ends within this entry.',
    );
    expect(await problemOf(`[[${row(0)}],`)).toBe(
      'btc.csv: the file is cut: its closing bracket is missing.',
    );
  });

  it('goes on after JSON', async () => {
    expect(await problemOf(`[[${row(0)}],[${row(1)}]] [`)).toBe(
      'btc.csv: after the closing bracket there is more, beginning with "[".',
    );
    expect(await problemOf(`[[${row(0)}][${row(1)}]]`)).toBe(
      'btc.csv, entry 2: "[" stands where a comma or the closing bracket was expected.',
    );
    expect(await problemOf(`[[${row(0)}],]`)).toBe(
      'btc.csv, entry 2: "]" stands where a row in brackets was expected.',
    );
  });

  it('is a gzip that is cut or damaged', async () => {
    const packed = gzipped(csv(...Array.from({ length: 500 }, (_, minute) => row(minute))));
    expect(await problemOf(packed.subarray(0, -20))).toBe(
      'btc.csv: the gzip file is cut: its end is missing.',
    );
    const damaged = packed.slice();
    damaged.fill(0xff, 40, 60);
    expect(await problemOf(damaged, { chunk: 1000 })).toContain(
      'the gzip file is damaged and cannot be unpacked',
    );
  });

  it('has more bars than fit into the memory', async () => {
    const findings = createFindings();
    const rows = createRowSink(5);
    const text = csv(...Array.from({ length: 6 }, (_, minute) => row(minute)), 'not read any more');
    await scanText(inChunks(new TextEncoder().encode(text), 7), rows, findings);
    expect(findings.sentence('btc.csv', 'line')).toBe(
      'btc.csv: the file has more than 5 bars; split it.',
    );
    expect(rows.time).toHaveLength(5);
  });

  it('unpacks to more than is allowed', async () => {
    const findings = createFindings();
    const bytes = gzipped(csv(...GOOD, ' '.repeat(5000)));
    await scanText(inChunks(bytes, 1000), createRowSink(), findings, 2 ** 12);
    expect(findings.sentence('btc.csv', 'line')).toMatch(
      /^btc\.csv: the file unpacks to more than .* GiB\.$/,
    );
  });
});

describe('defects that are mended or tolerable', () => {
  async function warningsOf(text: string): Promise<unknown> {
    const result = await readText(text);
    if (!result.ok) throw new Error(result.error.sentence);
    const times = [...result.value.candles.time].map((time) => (time - START) / 60_000);
    return { minutes: times, warnings: result.value.warnings };
  }

  it('are gaps', async () => {
    expect(await warningsOf(csv(row(0), row(1), row(4), row(5), row(7), row(8)))).toEqual({
      minutes: [0, 1, 4, 5, 7, 8],
      warnings: [
        {
          code: 'GAPS',
          count: 3,
          firstLine: 4,
          sentence: '3 bars are missing in 2 gaps, the first of which ends at line 4.',
        },
      ],
    });
  });

  it('are bars without volume', async () => {
    expect(await warningsOf(csv(row(0), row(1, '1,1,1,1,0'), row(2, '1,1,1,1,-0')))).toEqual({
      minutes: [0, 1, 2],
      warnings: [
        {
          code: 'NO_VOLUME',
          count: 2,
          firstLine: 3,
          sentence: '2 bars have no volume, the first in line 3.',
        },
      ],
    });
  });

  it('are duplicates with the same values, side by side or in pages that overlap', async () => {
    expect(await warningsOf(csv(row(0), row(0), row(1), row(2), row(1), row(2), row(3)))).toEqual({
      minutes: [0, 1, 2, 3],
      warnings: [
        {
          code: 'IDENTICAL_DUPLICATES',
          count: 3,
          firstLine: 3,
          sentence:
            '3 bars were there twice with the same values and were dropped, the first in line 3.',
        },
      ],
    });
  });

  it('are files with the newest bar first', async () => {
    expect(await warningsOf(csv(row(3), row(1), row(1), row(0)))).toEqual({
      minutes: [0, 1, 3],
      warnings: [
        {
          code: 'NEWEST_FIRST',
          count: 1,
          firstLine: null,
          sentence: 'The file has its newest bar first; it was turned round.',
        },
        {
          code: 'IDENTICAL_DUPLICATES',
          count: 1,
          firstLine: 3,
          sentence:
            '1 bar was there twice with the same values and was dropped, the first in line 3.',
        },
        {
          code: 'GAPS',
          count: 1,
          firstLine: 2,
          sentence: '1 bar is missing in 1 gap, which ends at line 2.',
        },
      ],
    });
  });
});
