/** What Coinbase answers, by the reasons in its refusals: ccxt reads one field of several that may hold them. */

import { fieldOf, textOf } from '../implicit-call.ts';
import { parsed, type ErrorRow, type ErrorTable, type Said } from './error-row.ts';
import { SAYS } from './sentences.ts';

const ROWS: readonly ErrorRow[] = [
  // Whatever stands beside it: its matching engine refused, or did not.
  { codes: ['COMMANDER_REJECTED_NEW_ORDER'], kind: 'unknown', says: SAYS.unforeseen },
  { codes: ['DUPLICATE_CLIENT_ORDER_ID'], kind: 'exists', says: SAYS.exists },
  {
    codes: [
      'ORDER_ENTRY_DISABLED',
      'TRADING_DISABLED',
      'PRODUCT_TRADING_HALTED',
      'UNTRADABLE_PRODUCT',
      'PREVIEW_NOT_ALLOWED_BY_MARKET_STATE',
    ],
    kind: 'halted',
    says: SAYS.halted,
  },
  {
    codes: [
      'INELIGIBLE_PAIR',
      'GEOFENCING_RESTRICTION',
      'PREVIEW_COMPLIANCE_PURCHASE_LIMIT_EXCEEDED',
      'BREACHED_RISK_LIMIT',
    ],
    kind: 'for-good',
    says: SAYS.account,
  },
  { codes: ['PERMISSION_DENIED'], kind: 'for-good', says: SAYS.rights },
  {
    codes: [
      'INSUFFICIENT_FUND',
      'INSUFFICIENT_FUNDS',
      'PREVIEW_INSUFFICIENT_FUND',
      'INVALID_LEDGER_BALANCE',
    ],
    kind: 'for-now',
    says: SAYS.money,
  },
  {
    codes: ['INVALID_LIMIT_PRICE_POST_ONLY'],
    kind: 'for-now',
    says: SAYS.passed,
  },
  {
    codes: [
      'INVALID_LIMIT_PRICE',
      'LIMIT_PRICE_TOO_FAR_FROM_MARKET',
      'LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_BUY',
      'LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_SELL',
      'PREVIEW_BREACHED_PRICE_LIMIT',
    ],
    kind: 'for-now',
    says: SAYS.far,
  },
  {
    codes: [
      'INVALID_NO_LIQUIDITY',
      'MISSING_MARKET_TRADE_DATA',
      'PREVIEW_MISSING_PRODUCT_PRICE_BOOK',
      'FOK_DISABLED',
      'PREVIEW_MAX_DAILY_VOLUME_NOTIONAL_BREACHED',
    ],
    kind: 'for-now',
    says: SAYS.thin,
  },
  {
    codes: ['PREVIEW_INVALID_BASE_SIZE_TOO_SMALL', 'PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL'],
    kind: 'our-fault',
    says: SAYS.small,
  },
  {
    codes: [
      'PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE',
      'PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE',
    ],
    kind: 'our-fault',
    says: SAYS.passed,
  },
  { codes: ['INVALID_PRODUCT_ID'], kind: 'our-fault', says: SAYS.pair, isNoPair: true },
  {
    codes: [
      'INVALID_SIDE',
      'INVALID_SIZE_PRECISION',
      'INVALID_PRICE_PRECISION',
      'INVALID_REQUEST',
      'INVALID_ARGUMENT',
      'UNSUPPORTED_ORDER_CONFIGURATION',
      'FOK_ONLY_ALLOWED_ON_LIMIT_ORDERS',
      'POST_ONLY_NOT_ALLOWED_WITH_FOK',
      'END_TIME_*',
      'PREVIEW_INVALID_ORDER_CONFIG',
      'PREVIEW_INVALID_BASE_SIZE_TOO_LARGE',
      'PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE',
      'PREVIEW_INVALID_QUOTE_SIZE_PRECISION',
      'PREVIEW_INVALID_STOP_PRICE*',
      'PREVIEW_NON_NUMERIC_ORDER_SIZE',
    ],
    kind: 'our-fault',
    says: SAYS.rules,
  },
  { codes: ['RESOURCE_EXHAUSTED'], kind: 'throttled', says: SAYS.often },
  { codes: ['NOT_FOUND'], kind: 'not-found', says: SAYS.none },
];

const REASONS = ['new_order_failure_reason', 'preview_failure_reason', 'error'];

/** One of its fields may say what the others call unknown. */
function said(body: string): readonly Said[] {
  const answer = parsed(body);
  const response = fieldOf(answer, 'error_response');
  const words = [
    ...REASONS.map((name) => textOf(response, name)),
    textOf(answer, 'failure_reason'),
    textOf(answer, 'error'),
  ];
  return words
    .filter((word) => word !== '' && !word.startsWith('UNKNOWN'))
    .map((code) => ({ code, text: textOf(response, 'message') }));
}

export const COINBASE_ERRORS: ErrorTable = {
  said,
  rows: ROWS,
  statuses: {
    401: { kind: 'for-good', says: SAYS.key },
  },
};
