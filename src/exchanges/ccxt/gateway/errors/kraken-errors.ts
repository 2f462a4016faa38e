/** What Kraken answers, always with HTTP 200: a list of its own words, of which ccxt knows a part. */

import { listOf } from '../implicit-call.ts';
import { parsed, type ErrorRow, type ErrorTable } from './error-row.ts';
import { SAYS } from './sentences.ts';

const ROWS: readonly ErrorRow[] = [
  { codes: ['EAPI:Invalid key', 'EAPI:Invalid signature'], kind: 'for-good', says: SAYS.key },
  {
    codes: ['EGeneral:Permission denied', 'EAccount:Invalid permissions'],
    kind: 'for-good',
    says: SAYS.rights,
  },
  {
    codes: [
      'ETrade:User Locked',
      'EAuth:Account temporary disabled',
      'EAuth:Account unconfirmed',
      'EBM:limit exceeded:CAL',
    ],
    kind: 'for-good',
    says: SAYS.locked,
  },
  { codes: ['EOrder:Trading agreement required'], kind: 'for-good', says: SAYS.agreement },
  { codes: ['EAPI:Invalid nonce'], kind: 'for-now', says: SAYS.turn },
  {
    codes: ['EQuery:Unknown asset pair', 'EQuery:Invalid asset pair'],
    kind: 'our-fault',
    says: SAYS.pair,
    isNoPair: true,
  },
  {
    codes: ['EOrder:Order minimum not met', 'EOrder:Cost minimum not met'],
    kind: 'our-fault',
    says: SAYS.small,
  },
  // Further on than it allows, by its clock.
  {
    codes: ['EGeneral:Invalid arguments:deadline'],
    kind: 'for-now',
    says: SAYS.late,
    isClockOff: true,
  },
  {
    codes: [
      'EGeneral:Invalid arguments',
      'EGeneral:Unknown method',
      'EOrder:Invalid order',
      'EOrder:Invalid price',
      'EOrder:Tick size check failed',
      'ETrade:Invalid request',
    ],
    kind: 'our-fault',
    says: SAYS.rules,
  },
  { codes: ['EOrder:Insufficient funds'], kind: 'for-now', says: SAYS.money },
  {
    codes: ['EOrder:Orders limit exceeded', 'EOrder:Scheduled orders limit exceeded'],
    kind: 'for-now',
    says: SAYS.many,
  },
  { codes: ['EOrder:Post only order'], kind: 'for-now', says: SAYS.passed },
  // Its matching engine drops what comes after the deadline that the order was sent with.
  { codes: ['EService:Deadline elapsed'], kind: 'for-now', says: SAYS.late, isClockOff: true },
  {
    codes: [
      'EAPI:Rate limit exceeded',
      'EOrder:Rate limit exceeded',
      'EOrder:Domain rate limit exceeded',
      'EAuth:Rate limit exceeded',
      'EAuth:Too many requests',
      'EGeneral:Too many requests',
      'EGeneral:Temporary lockout',
      'EService:Throttled',
    ],
    kind: 'throttled',
    says: SAYS.often,
  },
  {
    codes: [
      'EService:Market in cancel_only mode',
      'EService:Market in post_only mode',
      'EService:Market in limit_only mode',
      'EService:Market in reduce_only mode',
    ],
    kind: 'halted',
    says: SAYS.halted,
  },
  { codes: ['EOrder:Unknown order'], kind: 'not-found', says: SAYS.none },
  { codes: ['EOrder:Cancel pending'], kind: 'unknown', says: SAYS.cancelling },
  { codes: ['EOrder:cl_ord_id already*'], kind: 'exists', says: SAYS.exists },
  {
    codes: [
      'EService:Unavailable',
      'EService:Busy',
      'EService:Timeout',
      'EGeneral:Internal error',
      'EDatabase:Internal error',
    ],
    kind: 'unknown',
    says: SAYS.silent,
  },
];

export const KRAKEN_ERRORS: ErrorTable = {
  said: (body) => listOf(parsed(body), 'error').map((error) => ({ code: String(error), text: '' })),
  rows: ROWS,
  statuses: {},
};
