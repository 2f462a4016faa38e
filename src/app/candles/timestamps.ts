/** Reads a file's timestamps, whose unit is told by their size and must be the same in every row. */

import { quotedText } from './field-text.ts';
import type { Findings } from './findings.ts';
import { isoDateAt } from './iso-date.ts';
import { numberAt } from './number-scanner.ts';

type TimestampUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'dates';

/** Reads one timestamp: ms UTC, or NaN when it is none, which is then among the findings. */
export type TimestampReader = (
  bytes: Uint8Array,
  start: number,
  end: number,
  line: number,
) => number;

export function createTimestampReader(findings: Findings): TimestampReader {
  let fileUnit: TimestampUnit | undefined;
  return (bytes, start, end, line) => {
    const number = numberAt(bytes, start, end);
    const unit = Number.isNaN(number) ? 'dates' : unitOf(number);
    const time = unit === 'dates' ? isoDateAt(bytes, start, end) : toMs(number, unit);
    if (unit === undefined || !Number.isInteger(time)) {
      findings.add('BAD_TIMESTAMP', line, () => whyBad(bytes, start, end, unit));
      return Number.NaN;
    }
    fileUnit ??= unit;
    if (unit !== fileUnit) {
      const wanted = fileUnit;
      findings.add('MIXED_TIMESTAMPS', line, () => mixed(bytes, start, end, unit, wanted));
      return Number.NaN;
    }
    return time;
  };
}

/** The three ranges are the same times, 1973 to 2286, and do not touch: a number cannot be taken for another unit. */
function unitOf(number: number): Exclude<TimestampUnit, 'dates'> | undefined {
  if (number >= 1e11 && number < 1e13) return 'milliseconds';
  if (number >= 1e8 && number < 1e10) return 'seconds';
  if (number >= 1e14 && number < 1e16) return 'microseconds';
  return undefined;
}

/** Not a whole number where the timestamp is not a whole unit or not a whole millisecond. */
function toMs(number: number, unit: TimestampUnit | undefined): number {
  if (!Number.isInteger(number)) return Number.NaN;
  if (unit === 'milliseconds') return number;
  return unit === 'seconds' ? number * 1000 : number / 1000;
}

function whyBad(bytes: Uint8Array, start: number, end: number, unit?: TimestampUnit): string {
  if (start === end) return 'the timestamp is missing';
  const shown = `the timestamp ${quotedText(bytes, start, end)}`;
  if (unit === undefined) return `${shown} is no time in seconds, milliseconds or microseconds`;
  if (unit === 'dates' && Number.isNaN(isoDateAt(bytes, start, end))) {
    return `${shown} is neither a number nor an ISO date`;
  }
  return unit === 'seconds' || unit === 'milliseconds'
    ? `${shown} is not a whole number`
    : `${shown} is not a whole millisecond`;
}

function mixed(
  bytes: Uint8Array,
  start: number,
  end: number,
  unit: TimestampUnit,
  fileUnit: TimestampUnit,
): string {
  const what = unit === 'dates' ? 'is a date' : `is in ${unit}`;
  const before = fileUnit === 'dates' ? 'are dates' : `are in ${fileUnit}`;
  return `the timestamp ${quotedText(bytes, start, end)} ${what}, those before it ${before}`;
}
