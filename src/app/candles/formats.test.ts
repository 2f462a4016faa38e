import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleColumns } from '../../core/domain/candles.ts';
import {
  csv,
  gzipped,
  HEADER,
  readBytes,
  readText,
  row,
  START,
  type Reading,
} from './testing/candle-text.ts';

const EXPECTED = candlesFromRows([
  [START, 100, 102.5, 99, 101, 5],
  [START + 3_600_000, 101, 103, 100, 102, 0.25],
]);
const SECONDS = START / 1000;

async function candlesOf(text: string, reading?: Reading): Promise<CandleColumns> {
  const result = await readText(text, reading);
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value.candles;
}

const FORMATS: Readonly<Record<string, string>> = {
  'CSV with a header': `${HEADER}\n${START},100,102.5,99,101,5\n${START + 3_600_000},101,103,100,102,0.25\n`,
  'CSV without a line feed at the end': `${HEADER}\n${START},100,102.5,99,101,5\n${START + 3_600_000},101,103,100,102,0.25`,
  'other order and case, extra columns, CRLF, byte order mark':
    `\uFEFFVolume,Symbol,Close,Low,High,Open,Open Time,Note\r\n` +
    `5,"BTC, spot",101,99,102.5,100,${START},\r\n0.25,"BTC, spot",102,100,103,101,${START + 3_600_000},"a, b"\r\n`,
  semicolons: `date;open;high;low;close;volume\n2023-03-01;100;102.5;99;101;5\n2023-03-01 01:00;101;103;100;102;.25\n`,
  tabs: `time\topen\thigh\tlow\tclose\tvolume\n${SECONDS}\t100\t102.5\t99\t101\t5\n${SECONDS + 3600}\t101\t103\t100\t102\t25e-2\n`,
  'quoted fields':
    `"timestamp","open","high","low","close","volume"\n` +
    `"${START}","100","102.5","99","101","5"\n"${START + 3_600_000}","101","103","100","102","0.25"\n`,
  'both a number and a date for the time': `unix,date,open,high,low,close,volume\n${SECONDS},x,100,102.5,99,101,5\n${SECONDS + 3600},y,101,103,100,102,0.25\n`,
  'Binance, milliseconds':
    `${START},100,102.5,99,101,5,${START + 3_599_999},500,10,2,200,0\n` +
    `${START + 3_600_000},101,103,100,102,0.25,${START + 7_199_999},25,3,0.1,10,0\n`,
  'Binance, microseconds':
    `${START}000,100,102.5,99,101,5,${START + 3_599_999}999,500,10,2,200,0\n` +
    `${START + 3_600_000}000,101,103,100,102,0.25,${START + 7_199_999}999,25,3,0.1,10,0\n`,
  'no header, byte order mark': `\uFEFF${START},100,102.5,99,101,5\n${START + 3_600_000},101,103,100,102,0.25\n`,
  'JSON, byte order mark': `\uFEFF[[${START},100,102.5,99,101,5],[${START + 3_600_000},101,103,100,102,0.25]]`,
  'dates with zones': `date,open,high,low,close,volume\n2023-03-01T02:00:00.000+02:00,100,102.5,99,101,5\n2023-03-01 01:00:00Z,101,103,100,102,0.25\n`,
  'blank lines': `\n${HEADER}\n\n${START},100,102.5,99,101,5\n  \n${START + 3_600_000},101,103,100,102,0.25\n\n\n`,
  JSON: JSON.stringify([
    [START, 100, 102.5, 99, 101, 5],
    [START + 3_600_000, 101, 103, 100, 102, 0.25],
  ]),
  'JSON with strings, blanks and more columns': ` [\n [ ${START} , "100", "102.5", "99", "101", "5", 7, "x, ]" ] ,\r\n\t[${START + 3_600_000},"101","103","100","102","0.25",8,"y"]\n ] \n`,
};

describe.each(Object.entries(FORMATS))('%s', (_name, text) => {
  it('is read', async () => {
    expect(await candlesOf(text)).toEqual(EXPECTED);
    expect(await candlesOf(text, { chunk: 1 })).toEqual(EXPECTED);
  });

  it('is read from a gzip', async () => {
    const result = await readBytes(gzipped(text), { chunk: 11 });
    expect(result.ok && result.value.candles).toEqual(EXPECTED);
    expect(result.ok && result.value.timeframe).toBe('1h');
  });
});

describe('where a file is cut into chunks', () => {
  it('makes no difference to what is read', async () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 });
    const value = fc.constantFrom(
      '100,102,99,101,5',
      '100,102,99,101,0',
      '"100",90,99,101,5',
      '1,5',
      'a,b,c,d,e',
      '',
    );
    const mark = fc.constantFrom('\n', '\r\n', '\n\n', '');
    const cases = fc.record({
      minutes,
      value,
      mark,
      json: fc.boolean(),
      chunk: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ minutes: times, value: last, mark: end, json, chunk }) => {
        const rows = [...times.map((minute) => row(minute)), row(13, last)];
        const text = json ? `[[${rows.join('],\n[')}]]${end}` : [HEADER, ...rows].join('\n') + end;
        const whole = await readText(text, { chunk: 1e6 });
        expect(await readText(text, { chunk })).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('makes no difference to a file of many chunks and rows', async () => {
    const text = csv(...Array.from({ length: 10_000 }, (_, minute) => row(minute)));
    const candles = await candlesOf(text, { chunk: 4099 });
    expect(candles.length).toBe(10_000);
    expect(candles.time.length).toBe(10_000);
    expect(candles.time.at(-1)).toBe(START + 9999 * 60_000);
  });
});
