/** What an error means for an order that was being sent, cancelled or looked up; and what a person can do about it. */

import { BadSymbol, CancelPending, NetworkError, OnMaintenance, OrderNotFound } from 'ccxt';
import { REFUSALS, type Refusal } from '../../../core/domain/refusal.ts';
import type { ExchangeFailure } from '../../../core/ports/exchange.ts';
import type { ErrorKind, ErrorRow, ErrorTable, Said, Sentence } from './errors/error-row.ts';
import { SAYS } from './errors/sentences.ts';
import { TooSmall } from './numbers/wire-numbers.ts';
import { HeldBack, ToldToWait } from './private-fetch.ts';
import type { WireAnswer } from './wire-answers.ts';

export interface OrderError {
  readonly kind: ErrorKind;
  /** What a read that meets it fails with. */
  readonly code: ExchangeFailure['code'];
  /** Whether reading again may help; an order is never sent again. */
  readonly retry: boolean;
  readonly sentence: string;
  /** It may have been done all the same: to be looked up before the refusal is believed. */
  readonly isDoubtful: boolean;
  /** The exchange does not know the pair. */
  readonly isNoPair: boolean;
  /** It was refused for the time that it said: the exchange's clock is to be read. */
  readonly isClockOff: boolean;
}

type Meaning = Pick<ErrorRow, 'kind' | 'says' | 'isDoubtful' | 'isNoPair' | 'isClockOff'>;

export interface NamedTable {
  readonly name: string;
  readonly errors: ErrorTable;
}

const SERVER_ERROR = 500;
const ASKED_TOO_OFTEN = new Set([418, 429]);

/** @param answer that the error was made of; `undefined` where it was not made of an answer */
export function orderError(
  error: unknown,
  answer: WireAnswer | undefined,
  venue: NamedTable,
): OrderError {
  if (error instanceof ToldToWait) {
    return orderErrorOf({ kind: 'throttled', says: () => saysToWait(venue.name, error.ms) }, venue);
  }
  if (error instanceof HeldBack) {
    return orderErrorOf({ kind: 'for-good', says: () => error.message }, venue);
  }
  if (error instanceof TooSmall) {
    return orderErrorOf({ kind: 'our-fault', says: () => error.message }, venue);
  }
  const meaning = answer === undefined ? withoutAnswer(error) : meaningOf(answer, venue.errors);
  return orderErrorOf(meaning, venue);
}

/** The class is the answer's own code and words; ccxt's class for it says less. */
function meaningOf({ status, body }: WireAnswer, table: ErrorTable): Meaning {
  if (status >= SERVER_ERROR) {
    return { kind: 'unknown', says: /maintenance/i.test(body) ? SAYS.maintenance : SAYS.silent };
  }
  if (ASKED_TOO_OFTEN.has(status)) return { kind: 'throttled', says: SAYS.often };
  const said = table.said(body);
  const rows = table.rows.filter((row) => said.some((each) => fits(row, each)));
  return (
    // Where an answer says two things, the doubtful one decides.
    rows.find(({ kind }) => kind === 'unknown') ??
    rows[0] ??
    table.statuses[status] ?? { kind: 'unknown', says: SAYS.unforeseen }
  );
}

function fits({ codes, text }: ErrorRow, said: Said): boolean {
  const isCode = codes.some((code) =>
    code.endsWith('*')
      ? said.code.startsWith(code.slice(0, -1))
      : said.code === code || said.code.startsWith(`${code}:`),
  );
  return isCode && (text === undefined || text.test(said.text));
}

/** What was found out here, or never came: whatever nobody has foreseen may have happened after an order took effect. */
function withoutAnswer(error: unknown): Meaning {
  if (error instanceof OrderNotFound) return { kind: 'not-found', says: SAYS.none };
  if (error instanceof CancelPending) return { kind: 'unknown', says: SAYS.cancelling };
  if (error instanceof BadSymbol) return { kind: 'our-fault', says: SAYS.pair, isNoPair: true };
  if (error instanceof OnMaintenance) return { kind: 'halted', says: SAYS.maintenance };
  if (error instanceof NetworkError) return { kind: 'unknown', says: SAYS.silent };
  return { kind: 'unknown', says: SAYS.unforeseen };
}

function orderErrorOf(
  { kind, says, isDoubtful, isNoPair, isClockOff }: Meaning,
  { name }: NamedTable,
): OrderError {
  const retry = RETRIED.has(kind);
  const code = retry ? 'EXCHANGE_UNAVAILABLE' : 'EXCHANGE_REFUSED';
  return {
    kind,
    code,
    retry,
    sentence: says(name),
    isDoubtful: isDoubtful === true,
    isNoPair: isNoPair === true,
    isClockOff: isClockOff === true,
  };
}

const RETRIED: ReadonlySet<ErrorKind> = new Set(['unknown', 'for-now', 'throttled', 'halted']);

/** What the refusal of an order is that never left: whatever went wrong, nothing was done. */
export function unsent(
  error: unknown,
  met: OrderError,
  hasAnswer: boolean,
  venue: string,
): { readonly refusal: Refusal; readonly sentence: string } {
  const refusal = REFUSALS.find((each) => each === met.kind);
  if (refusal !== undefined) return { refusal, sentence: met.sentence };
  const isOurs = !hasAnswer && !(error instanceof NetworkError);
  return isOurs
    ? { refusal: 'our-fault', sentence: SAYS.unmade(venue) }
    : { refusal: 'for-now', sentence: met.sentence };
}

/** Nothing was sent. */
export const saysToWait = (venue: string, ms: number): ReturnType<Sentence> =>
  `${venue} asks us to wait ${Math.ceil(ms / 1_000)} s: nothing is sent until then.`;
