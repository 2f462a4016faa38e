/** What Binance and Binance US answer, by their own codes and texts: ccxt's classes mix refusals with the unknown. */

import { fieldOf, textOf } from '../implicit-call.ts';
import { parsed, type ErrorRow, type ErrorTable } from './error-row.ts';
import { SAYS } from './sentences.ts';

const ENGINE = ['-2010', '-1010'];
const FILTER = ['-1013'];

/** Its refusals of a new order have a text each. */
const OF_THE_ENGINE: readonly ErrorRow[] = [
  { codes: ENGINE, text: /Duplicate order/i, kind: 'exists', says: SAYS.exists },
  { codes: ENGINE, text: /insufficient balance/i, kind: 'for-now', says: SAYS.money },
  { codes: ENGINE, text: /immediately/i, kind: 'for-now', says: SAYS.passed },
  { codes: ENGINE, text: /liquidity is less than/i, kind: 'for-now', says: SAYS.thin },
  { codes: ENGINE, text: /Rest API trading is not enabled/i, kind: 'halted', says: SAYS.halted },
  {
    codes: [...ENGINE, ...FILTER],
    text: /Market is closed|trading phase|require GTC for this phase/i,
    kind: 'halted',
    says: SAYS.halted,
  },
  {
    codes: [...ENGINE, '-2011'],
    text: /disabled on this account/i,
    kind: 'for-good',
    says: SAYS.locked,
  },
  {
    codes: [...ENGINE, '-2011'],
    text: /may not place or cancel orders|not permitted|restricted for this account/i,
    kind: 'for-good',
    says: SAYS.account,
  },
  {
    codes: ENGINE,
    text: /not supported|unsupported|zero or less|relationship of the prices/i,
    kind: 'our-fault',
    says: SAYS.rules,
  },
];

const OF_FILTERS: readonly ErrorRow[] = [
  { codes: FILTER, text: /MAX_NUM|MAX_POSITION|MAX_ASSET/, kind: 'for-now', says: SAYS.many },
  { codes: FILTER, text: /PERCENT_PRICE/, kind: 'for-now', says: SAYS.far },
  { codes: FILTER, text: /NOTIONAL/, kind: 'our-fault', says: SAYS.small },
  {
    codes: FILTER,
    text: /PRICE_FILTER|LOT_SIZE|ICEBERG_PARTS|TRAILING_DELTA|Invalid (?:quantity|price)/i,
    kind: 'our-fault',
    says: SAYS.rules,
  },
];

/** From -1100 on: how a request is written. */
const WRITTEN = Array.from({ length: 31 }, (_, index) => String(-1_100 - index));

const ROWS: readonly ErrorRow[] = [
  ...OF_THE_ENGINE,
  ...OF_FILTERS,
  { codes: ['-1003', '-1015'], kind: 'throttled', says: SAYS.often },
  { codes: ['-1004', '-1008'], kind: 'for-now', says: SAYS.busy, isDoubtful: true },
  { codes: ['-1016'], kind: 'halted', says: SAYS.maintenance },
  { codes: ['-1021'], kind: 'for-now', says: SAYS.clock },
  { codes: ['-1022', '-2008', '-2014'], kind: 'for-good', says: SAYS.key },
  { codes: ['-2015', '-1002', '-1099'], kind: 'for-good', says: SAYS.rights },
  { codes: ['-1121'], kind: 'our-fault', says: SAYS.pair, isNoPair: true },
  { codes: ['-2011'], text: /Unknown order/i, kind: 'not-found', says: SAYS.none },
  { codes: ['-2011'], text: /not canceled/i, kind: 'unknown', says: SAYS.standing },
  { codes: ['-2013'], kind: 'not-found', says: SAYS.none },
  { codes: ['-2026'], kind: 'ended', says: SAYS.none },
  { codes: ['-1000', '-1001', '-1006', '-1007'], kind: 'unknown', says: SAYS.silent },
  {
    codes: ['-1014', '-1020', '-1220', '-2038', '-2039', ...WRITTEN],
    kind: 'our-fault',
    says: SAYS.rules,
  },
];

export const BINANCE_ERRORS: ErrorTable = {
  said: (body) => {
    const answer = parsed(body);
    const code = fieldOf(answer, 'code');
    const isCode = typeof code === 'number' || typeof code === 'string';
    return isCode ? [{ code: String(code), text: textOf(answer, 'msg') }] : [];
  },
  rows: ROWS,
  statuses: {
    401: { kind: 'for-good', says: SAYS.key },
    403: { kind: 'throttled', says: SAYS.firewall },
    451: { kind: 'for-good', says: SAYS.place },
  },
};
