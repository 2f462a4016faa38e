/** Makes a bar of the fields of one row, checks it by itself, and puts it into the sink. */

import { quotedText } from './field-text.ts';
import { endOf, startOf, type Fields } from './fields.ts';
import type { Findings } from './findings.ts';
import { numberAt } from './number-scanner.ts';
import { makeRoom, type RowSink } from './row-sink.ts';
import { createTimestampReader } from './timestamps.ts';

/** In which field of a row each value stands, from 0. */
export interface RowLayout {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** How many fields a row has at least. */
  readonly width: number;
  /** How many fields a row has at most; a blank one at the end does not count. */
  readonly most: number;
}

/** The order of ccxt, freqtrade and Binance; what follows the volume is not needed. */
export const USUAL_ORDER = { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 } as const;

export type BarReader = (
  bytes: Uint8Array,
  fields: Fields,
  layout: RowLayout,
  line: number,
) => void;

/** In quote. Beyond these no market trades, and sums of money leave what float64 can tell apart. */
const LEAST_PRICE = 1e-12;
const MOST_PRICE = 1e12;

type ValueName = 'open' | 'high' | 'low' | 'close' | 'volume';

/** A row whose values cannot be read is left out and among the findings; one with impossible values is kept, and among them too. */
export function createBarReader(rows: RowSink, findings: Findings): BarReader {
  const timestampAt = createTimestampReader(findings);
  return (bytes, fields, layout, line) => {
    if (fields.count < layout.width) {
      findings.add('TOO_FEW_COLUMNS', line, () => tooFew(fields.count, layout.width));
      return;
    }
    if (fields.count > layout.most && !endsBlank(fields, layout.most)) {
      findings.add('TOO_MANY_COLUMNS', line, () => tooMany(fields.count, layout.most));
      return;
    }
    const { time: timeAt } = layout;
    const time = timestampAt(bytes, startOf(fields, timeAt), endOf(fields, timeAt), line);
    const open = fieldNumber(bytes, fields, layout.open);
    const high = fieldNumber(bytes, fields, layout.high);
    const low = fieldNumber(bytes, fields, layout.low);
    const close = fieldNumber(bytes, fields, layout.close);
    const volume = fieldNumber(bytes, fields, layout.volume);
    // One NaN makes the sum NaN; finite numbers never do: their sum stays at an infinity it reached.
    if (Number.isNaN(open + high + low + close + volume)) {
      reportUnreadable(bytes, fields, layout, line, findings);
      return;
    }
    const top = open > close ? open : close;
    const bottom = open < close ? open : close;
    if (high < top || low > bottom || low < LEAST_PRICE || high > MOST_PRICE || volume < 0) {
      reportImpossible({ open, high, low, close, volume }, line, findings);
    }
    if (Number.isNaN(time)) return;
    if (!makeRoom(rows)) {
      const limit = rows.maxBars.toLocaleString('en-US');
      findings.stop('FILE', null, `the file has more than ${limit} bars; split it`);
      return;
    }
    const at = rows.length;
    rows.time[at] = time;
    rows.open[at] = open;
    rows.high[at] = high;
    rows.low[at] = low;
    rows.close[at] = close;
    rows.volume[at] = volume + 0; // -0 becomes 0
    rows.line[at] = line;
    rows.length = at + 1;
  };
}

function tooMany(count: number, most: number): string {
  return `there are ${count} columns, but the header names ${most}`;
}

/** A line may end with the separator. */
function endsBlank(fields: Fields, most: number): boolean {
  return fields.count === most + 1 && startOf(fields, most) === endOf(fields, most);
}

export function tooFew(count: number, width: number): string {
  return `${count} of ${width} columns are there`;
}

function fieldNumber(bytes: Uint8Array, fields: Fields, index: number): number {
  return numberAt(bytes, startOf(fields, index), endOf(fields, index));
}

const VALUES: readonly ValueName[] = ['open', 'high', 'low', 'close', 'volume'];
const PRICES = ['open', 'high', 'low', 'close'] as const;

/** Notes the first value of the row that is missing or no number. */
function reportUnreadable(
  bytes: Uint8Array,
  fields: Fields,
  layout: RowLayout,
  line: number,
  findings: Findings,
): void {
  const name = VALUES.find((value) => Number.isNaN(fieldNumber(bytes, fields, layout[value])));
  if (name === undefined)
    throw new Error('No unreadable value in a row that was found to have one');
  const start = startOf(fields, layout[name]);
  const end = endOf(fields, layout[name]);
  if (start === end) findings.add('MISSING_VALUE', line, () => `the ${name} is missing`);
  else {
    const shown = (): string => `the ${name} ${quotedText(bytes, start, end)} is not a number`;
    findings.add('NOT_A_NUMBER', line, shown);
  }
}

type Bar = Readonly<Record<ValueName, number>>;

function reportImpossible(bar: Bar, line: number, findings: Findings): void {
  const { open, high, low, close, volume } = bar;
  const cheap = PRICES.find((name) => bar[name] <= 0);
  if (cheap !== undefined) {
    findings.add('PRICE_NOT_POSITIVE', line, () => `the ${cheap} ${bar[cheap]} is not above zero`);
  }
  const odd = PRICES.find((name) => bar[name] > MOST_PRICE || bar[name] < LEAST_PRICE);
  if (cheap === undefined && odd !== undefined) {
    const detail = (): string => `the ${odd} ${bar[odd]} is not between ${LEAST_PRICE} and 1e12`;
    findings.add('PRICE_OUT_OF_RANGE', line, detail);
  }
  if (high < low) {
    findings.add('HIGH_BELOW_LOW', line, () => `high ${high} is below low ${low}`);
  } else if (open > high || open < low || close > high || close < low) {
    const name = open > high || open < low ? 'open' : 'close';
    const detail = (): string => `${name} ${bar[name]} is not between low ${low} and high ${high}`;
    findings.add('OUTSIDE_HIGH_LOW', line, detail);
  }
  if (volume < 0) findings.add('NEGATIVE_VOLUME', line, () => `volume ${volume} is negative`);
}
