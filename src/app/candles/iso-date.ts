/** Reads ISO 8601 dates from bytes: `2023-03-01`, `2023-03-01 00:05`, `2023-03-01T00:05:00.000Z`, `…+02:00`. */

import { numberAt } from './number-scanner.ts';

const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const DATE_BYTES = 10;
const MINUTE_MS = 60_000;

/**
 * The time in ms UTC, or NaN when these bytes are not such a date. No zone means UTC; a day alone means its midnight.
 * Not a whole number where the time is between two milliseconds.
 */
export function isoDateAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < DATE_BYTES) return Number.NaN;
  const midnight = midnightAt(bytes, start);
  const at = start + DATE_BYTES;
  if (at === end || Number.isNaN(midnight)) return midnight;
  const separator = bytes[at];
  if (separator !== 0x54 && separator !== 0x74 && separator !== 0x20) return Number.NaN;
  return midnight + clockAt(bytes, at + 1, end);
}

/** NaN for a day that the calendar does not have, such as February 30. */
function midnightAt(bytes: Uint8Array, start: number): number {
  const year = pairAt(bytes, start) * 100 + pairAt(bytes, start + 2);
  const month = pairAt(bytes, start + 5);
  const day = pairAt(bytes, start + 8);
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return Number.NaN;
  // Date.UTC takes years below 100 for those of the 20th century; no market is as old anyway.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  return day <= daysIn(year, month) ? Date.UTC(year, month - 1, day) : Number.NaN;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** `00:05`, `00:05:00`, `00:05:00.000`, with a zone or without, as ms after midnight UTC of the day that is written. */
function clockAt(bytes: Uint8Array, start: number, end: number): number {
  const hour = pairAt(bytes, start);
  const minute = pairAt(bytes, start + 3);
  if (end < start + 5 || bytes[start + 2] !== COLON || !(hour < 24 && minute < 60))
    return Number.NaN;
  const minutes = (hour * 60 + minute) * MINUTE_MS;
  let at = start + 5;
  if (at === end || bytes[at] !== COLON) return minutes - offsetAt(bytes, at, end);
  const second = pairAt(bytes, at + 1);
  if (end < at + 3 || !(second < 60)) return Number.NaN;
  at += 3;
  const fractionFrom = at;
  if (at < end && bytes[at] === POINT) {
    at += 1;
    while (at < end && isDigit(bytes[at])) at += 1;
  }
  const fraction = at === fractionFrom ? 0 : fractionMs(bytes, fractionFrom, at);
  return minutes + second * 1000 + fraction - offsetAt(bytes, at, end);
}

/** Milliseconds of `.069`. Whole ones are kept apart from the rest, because 0.069 * 1000 is not 69. */
function fractionMs(bytes: Uint8Array, start: number, end: number): number {
  const thousandths = Math.round(numberAt(bytes, start, Math.min(end, start + 4)) * 1000);
  const finer = bytes.subarray(start, end).findIndex((byte, at) => at > 3 && byte !== 0x30);
  return finer === -1 ? thousandths : thousandths + 0.5;
}

/** The zone, or nothing for UTC: `Z`, ` UTC`, `+02`, `+0200`, `+02:00`, in ms east of Greenwich. */
function offsetAt(bytes: Uint8Array, start: number, end: number): number {
  const at = start < end && bytes[start] === 0x20 ? start + 1 : start;
  const length = end - at;
  if (length === 0) return at === start ? 0 : Number.NaN;
  if (isUtc(bytes, at, length)) return 0;
  const sign = bytes[at];
  if (sign !== PLUS && sign !== DASH) return Number.NaN;
  const withColon = length === 6 && bytes[at + 3] === COLON;
  if (length !== 3 && length !== 5 && !withColon) return Number.NaN;
  const hours = pairAt(bytes, at + 1);
  const minutes = length === 3 ? 0 : pairAt(bytes, end - 2);
  if (!(hours <= 14 && minutes < 60)) return Number.NaN;
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

function isUtc(bytes: Uint8Array, at: number, length: number): boolean {
  if (length === 1) return bytes[at] === 0x5a || bytes[at] === 0x7a;
  return length === 3 && bytes[at] === 0x55 && bytes[at + 1] === 0x54 && bytes[at + 2] === 0x43;
}

/** The number of two digits, or NaN. */
function pairAt(bytes: Uint8Array, at: number): number {
  const tens = bytes[at];
  const ones = bytes[at + 1];
  if (!isDigit(tens) || !isDigit(ones)) return Number.NaN;
  return ((tens ?? 0) - 0x30) * 10 + (ones ?? 0) - 0x30;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
