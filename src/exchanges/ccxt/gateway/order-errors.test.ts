/** What exchanges answer, as they word it, through ccxt's own classes: what it means for an order, and what is said. */

import { describe, expect, it } from 'vitest';
import { json } from '../testing/loopback.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { callImplicit } from './implicit-call.ts';
import type { ErrorKind } from './errors/error-row.ts';
import { coinbaseSecret } from './testing/coinbase-account.ts';
import { START } from './testing/gateway-stage.ts';
import { tradingVenue, type TradingVenueId } from './trading-venue.ts';
import { VenueConnection } from './venue-connection.ts';

const PLACE: Readonly<Record<TradingVenueId, string>> = {
  binanceus: 'privatePostOrder',
  binance: 'privatePostOrder',
  kraken: 'privatePostAddOrder',
  coinbase: 'v3PrivatePostBrokerageOrders',
};

interface Wire {
  readonly status?: number;
  readonly body: string;
}

function connect(id: TradingVenueId, wires: readonly Wire[]): VenueConnection {
  const answers = [...wires];
  return new VenueConnection({
    venue: tradingVenue(id),
    credentials: { apiKey: 'key', secret: id === 'coinbase' ? coinbaseSecret() : 'c2VjcmV0' },
    clock: createVirtualClock(START),
    random: () => 0,
    fetch: async () => {
      const { status = 200, body } = answers.shift() ?? { body: '{}' };
      return new Response(body, { status });
    },
    timeoutMs: 1_000,
    requestGapMs: 1,
  });
}

async function meaningOf(id: TradingVenueId, wire: Wire) {
  const connection = connect(id, [wire]);
  const asked = callImplicit(connection.exchange, PLACE[id], {});
  return connection.meaning(
    await asked.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  );
}

/** What a read that meets it fails with, and whether it is made again. */
const REFUSED = { code: 'EXCHANGE_REFUSED', retry: false } as const;
const LATER = { code: 'EXCHANGE_UNAVAILABLE', retry: true } as const;
const FOR_READS = {
  'for-good': REFUSED,
  'our-fault': REFUSED,
  'not-found': REFUSED,
  exists: REFUSED,
  ended: REFUSED,
  'for-now': LATER,
  halted: LATER,
  throttled: LATER,
  unknown: LATER,
} as const satisfies Record<ErrorKind, object>;

type Case = readonly [wire: Wire, kind: ErrorKind, says: string];

const KEY_RIGHTS = 'the key is not allowed to do this: let it read and trade there';
const KEY = 'does not accept the key: check key and secret';
const CLOCK = 'set it to network time and try again';
const MONEY = 'not enough money for the order: buy for less';
const SMALL = 'worth less than the least';
const RULES = 'its price or amount breaks a rule of the pair; choose others';
const OFTEN = 'asked too often: wait a minute';
const SILENT = 'did not answer in time: check the internet connection';
const MAINTENANCE = 'under maintenance: wait until it is back';
const PASSED = 'the price has passed it already: choose another price';

const binance = (status: number, code: number, msg: string): Wire => ({
  status,
  body: JSON.stringify({ code, msg }),
});
const filter = (name: string): Wire => binance(400, -1013, `Filter failure: ${name}`);
const page = (status: number): Wire => ({ status, body: `<html><h1>${status}</h1></html>` });

const engine = (msg: string): Wire => binance(400, -2010, msg);
const each = (kind: ErrorKind, says: string, wires: readonly Wire[]): readonly Case[] =>
  wires.map((wire) => [wire, kind, says] as const);
const coded = (...codes: readonly number[]): readonly Wire[] =>
  codes.map((code) => binance(400, code, 'As it is worded today.'));

const BINANCE: readonly Case[] = [
  ...each('unknown', SILENT, coded(-1000, -1001, -1006, -1007)),
  ...each('unknown', SILENT, [500, 502, 503, 504, 520].map(page)),
  ...each('unknown', SILENT, [binance(503, -1004, 'Server is busy'), binance(502, -1013, 'x')]),
  ...each('for-now', 'too busy', coded(-1004, -1008)),
  ...each('throttled', OFTEN, coded(-1003, -1015)),
  [binance(429, -1003, 'Too much request weight used.'), 'throttled', OFTEN],
  [binance(418, -1003, 'Banned.'), 'throttled', OFTEN],
  ...each('our-fault', RULES, ['PRICE_FILTER', 'LOT_SIZE', 'MARKET_LOT_SIZE'].map(filter)),
  ...each('for-now', 'too far', ['PERCENT_PRICE_BY_SIDE', 'PERCENT_PRICE'].map(filter)),
  ...each('our-fault', SMALL, ['MIN_NOTIONAL', 'NOTIONAL'].map(filter)),
  [filter('TRAILING_DELTA'), 'our-fault', RULES],
  [binance(400, -1013, 'Invalid quantity.'), 'our-fault', RULES],
  [binance(400, -1013, 'Invalid price.'), 'our-fault', RULES],
  ...each(
    'for-now',
    'no more open orders: cancel some',
    ['MAX_NUM_ORDERS', 'EXCHANGE_MAX_NUM_ALGO_ORDERS', 'MAX_POSITION', 'MAX_ASSET'].map(filter),
  ),
  ...each('halted', 'takes no such order', [
    binance(400, -1013, 'Market is closed.'),
    engine('Market is closed.'),
    engine('This order type is not possible in this trading phase.'),
    engine('Limit orders require GTC for this phase.'),
    engine('Rest API trading is not enabled.'),
  ]),
  ...each('halted', MAINTENANCE, coded(-1016)),
  ...each('our-fault', RULES, coded(-1014, -1020, -1100, -1102, -1106, -1111, -1130, -1220, -2038)),
  [binance(400, -1121, 'Invalid symbol.'), 'our-fault', 'choose one of its pairs'],
  ...each('for-now', CLOCK, coded(-1021)),
  ...each('for-good', KEY, coded(-1022, -2008, -2014)),
  ...each('for-good', KEY_RIGHTS, coded(-1002, -1099, -2015)),
  [engine('Account has insufficient balance for requested action.'), 'for-now', MONEY],
  [binance(400, -1010, 'Account has insufficient balance for requested action.'), 'for-now', MONEY],
  [engine('Duplicate order sent.'), 'exists', 'this id already'],
  [engine('Order would immediately match and take.'), 'for-now', PASSED],
  [engine('Order would trigger immediately.'), 'for-now', PASSED],
  ...each('for-good', 'does not allow this account', [
    engine('This account may not place or cancel orders.'),
    engine('This symbol is not permitted for this account.'),
    engine('This symbol is restricted for this account.'),
  ]),
  [engine('This action is disabled on this account.'), 'for-good', 'locked the account'],
  [binance(400, -2011, 'This action is disabled on this account.'), 'for-good', 'has locked'],
  ...each('our-fault', RULES, [
    engine('Market orders are not supported for this symbol.'),
    engine('Unsupported order combination'),
    engine('Price * QTY is zero or less.'),
    engine('The relationship of the prices for the orders is not correct.'),
  ]),
  [engine('Order book liquidity is less than `LOT_SIZE` filter minimum quantity.'), 'for-now', ''],
  [binance(400, -2011, 'Unknown order sent.'), 'not-found', 'no such order'],
  [binance(400, -2011, 'Order was not canceled due to restrictions.'), 'unknown', 'it stands'],
  [binance(400, -2013, 'Order does not exist.'), 'not-found', 'no such order'],
  [binance(400, -2026, 'Order was canceled or expired with no executed qty.'), 'ended', ''],
  [page(403), 'throttled', 'blocks requests from this address'],
  [page(451), 'for-good', 'does not serve the place you connect from: choose another exchange'],
  ...each('unknown', 'cannot be made sense of', [
    { body: '<html>' },
    binance(400, -9999, 'Something new.'),
    engine('A text that nobody has heard of.'),
    filter('A_FILTER_OF_TOMORROW'),
    page(404),
  ]),
];

const kraken = (error: string): Wire => json({ error: [error] });
const krakens = (...errors: readonly string[]): readonly Wire[] => errors.map(kraken);

const KRAKEN: readonly Case[] = [
  ...each('for-good', KEY, krakens('EAPI:Invalid key', 'EAPI:Invalid signature')),
  ...each(
    'for-good',
    KEY_RIGHTS,
    krakens(
      'EGeneral:Permission denied',
      'EAccount:Invalid permissions',
      'EAccount:Invalid permissions:BTC trading restricted.',
    ),
  ),
  ...each(
    'for-good',
    'has locked the account: ask its support',
    krakens('ETrade:User Locked', 'EAuth:Account temporary disabled', 'EBM:limit exceeded:CAL'),
  ),
  ...each('for-good', 'agreed to', krakens('EOrder:Trading agreement required')),
  ...each('for-now', 'give this app a key that nothing else uses', krakens('EAPI:Invalid nonce')),
  ...each(
    'our-fault',
    RULES,
    krakens(
      'EGeneral:Invalid arguments',
      'EGeneral:Invalid arguments:volume',
      'EGeneral:Invalid arguments:price',
      'EGeneral:Invalid arguments:cl_ord_id',
      'EGeneral:Unknown method',
      'EOrder:Invalid order',
      'EOrder:Tick size check failed',
      'EOrder:Invalid price:XBT/USDT price can only be specified up to 1 decimals.',
      'ETrade:Invalid request',
    ),
  ),
  ...each(
    'our-fault',
    SMALL,
    krakens('EOrder:Order minimum not met', 'EOrder:Cost minimum not met'),
  ),
  ...each('our-fault', 'choose one of its pairs', krakens('EQuery:Unknown asset pair')),
  ...each('for-now', MONEY, krakens('EOrder:Insufficient funds')),
  ...each(
    'for-now',
    'no more open orders: cancel some',
    krakens('EOrder:Orders limit exceeded', 'EOrder:Scheduled orders limit exceeded'),
  ),
  ...each('for-now', PASSED, krakens('EOrder:Post only order')),
  ...each('for-now', 'it was not executed', krakens('EService:Deadline elapsed')),
  ...each(
    'throttled',
    OFTEN,
    krakens(
      'EAPI:Rate limit exceeded',
      'EOrder:Rate limit exceeded',
      'EOrder:Domain rate limit exceeded',
      'EGeneral:Too many requests',
      'EGeneral:Temporary lockout',
      'EAuth:Rate limit exceeded',
      'EAuth:Too many requests',
      'EService:Throttled',
    ),
  ),
  ...each(
    'halted',
    'takes no such order',
    ['cancel_only', 'post_only', 'limit_only', 'reduce_only'].map((mode) =>
      kraken(`EService:Market in ${mode} mode`),
    ),
  ),
  ...each(
    'unknown',
    SILENT,
    krakens(
      'EService:Unavailable',
      'EService:Busy',
      'EService:Timeout',
      'EGeneral:Internal error',
      'EGeneral:Internal error:1234',
      'EDatabase:Internal error',
    ),
  ),
  ...each('not-found', 'no such order', krakens('EOrder:Unknown order')),
  ...each('unknown', 'still cancelling', krakens('EOrder:Cancel pending')),
  ...each('exists', 'this id already', krakens('EOrder:cl_ord_id already in use')),
  [page(520), 'unknown', SILENT],
  ...each('unknown', 'cannot be made sense of', [
    kraken('EOrder:A word of tomorrow'),
    json({ error: ['WGeneral:Danger'], result: { txid: ['O'] } }),
    { body: '<html>' },
  ]),
  [json({ error: ['EOrder:Insufficient funds', 'EService:Busy'] }), 'unknown', SILENT],
];

const coinbaseRefusal = (response: Readonly<Record<string, string>>): Wire =>
  json({ success: false, error_response: response });
const reasons = (...words: readonly string[]): readonly Wire[] =>
  words.map((word) =>
    coinbaseRefusal({
      error: 'UNKNOWN_FAILURE_REASON',
      preview_failure_reason: word.startsWith('PREVIEW_') ? word : 'UNKNOWN_PREVIEW_FAILURE_REASON',
      new_order_failure_reason: word.startsWith('PREVIEW_') ? 'UNKNOWN_FAILURE_REASON' : word,
    }),
  );
const coinbaseError = (status: number, error: string): Wire => ({
  status,
  body: JSON.stringify({ error, error_details: '', message: '' }),
});

const COINBASE: readonly Case[] = [
  [{ status: 401, body: 'Unauthorized' }, 'for-good', KEY],
  [coinbaseError(403, 'PERMISSION_DENIED'), 'for-good', KEY_RIGHTS],
  ...each(
    'for-now',
    MONEY,
    reasons('INSUFFICIENT_FUND', 'INSUFFICIENT_FUNDS', 'PREVIEW_INSUFFICIENT_FUND'),
  ),
  [coinbaseRefusal({ error: 'INSUFFICIENT_FUND' }), 'for-now', MONEY],
  ...each('for-now', MONEY, reasons('INVALID_LEDGER_BALANCE')),
  ...each('for-now', PASSED, reasons('INVALID_LIMIT_PRICE_POST_ONLY')),
  ...each(
    'for-now',
    'too far',
    reasons(
      'INVALID_LIMIT_PRICE',
      'LIMIT_PRICE_TOO_FAR_FROM_MARKET',
      'LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_BUY',
      'LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_SELL',
      'PREVIEW_BREACHED_PRICE_LIMIT',
    ),
  ),
  ...each(
    'for-now',
    'nobody to trade',
    reasons(
      'INVALID_NO_LIQUIDITY',
      'MISSING_MARKET_TRADE_DATA',
      'PREVIEW_MISSING_PRODUCT_PRICE_BOOK',
      'FOK_DISABLED',
      'PREVIEW_MAX_DAILY_VOLUME_NOTIONAL_BREACHED',
    ),
  ),
  ...each(
    'halted',
    'takes no such order',
    reasons(
      'ORDER_ENTRY_DISABLED',
      'TRADING_DISABLED',
      'PRODUCT_TRADING_HALTED',
      'UNTRADABLE_PRODUCT',
      'PREVIEW_NOT_ALLOWED_BY_MARKET_STATE',
    ),
  ),
  ...each(
    'for-good',
    'does not allow this account',
    reasons(
      'INELIGIBLE_PAIR',
      'GEOFENCING_RESTRICTION',
      'PREVIEW_COMPLIANCE_PURCHASE_LIMIT_EXCEEDED',
      'BREACHED_RISK_LIMIT',
    ),
  ),
  ...each(
    'our-fault',
    RULES,
    reasons(
      'INVALID_SIDE',
      'INVALID_SIZE_PRECISION',
      'INVALID_PRICE_PRECISION',
      'INVALID_REQUEST',
      'UNSUPPORTED_ORDER_CONFIGURATION',
      'FOK_ONLY_ALLOWED_ON_LIMIT_ORDERS',
      'POST_ONLY_NOT_ALLOWED_WITH_FOK',
      'END_TIME_IN_PAST',
      'PREVIEW_INVALID_ORDER_CONFIG',
      'PREVIEW_INVALID_BASE_SIZE_TOO_LARGE',
      'PREVIEW_INVALID_QUOTE_SIZE_PRECISION',
      'PREVIEW_INVALID_STOP_PRICE_PRECISION',
      'PREVIEW_NON_NUMERIC_ORDER_SIZE',
    ),
  ),
  ...each('our-fault', PASSED, reasons('PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE')),
  ...each(
    'our-fault',
    SMALL,
    reasons('PREVIEW_INVALID_BASE_SIZE_TOO_SMALL', 'PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL'),
  ),
  ...each('our-fault', 'choose one of its pairs', reasons('INVALID_PRODUCT_ID')),
  [coinbaseError(400, 'INVALID_ARGUMENT'), 'our-fault', RULES],
  ...each('exists', 'this id already', reasons('DUPLICATE_CLIENT_ORDER_ID')),
  ...each(
    'unknown',
    'cannot be made sense of',
    reasons('UNKNOWN_FAILURE_REASON', 'COMMANDER_REJECTED_NEW_ORDER', 'A_REASON_OF_TOMORROW'),
  ),
  [coinbaseError(429, 'RESOURCE_EXHAUSTED'), 'throttled', OFTEN],
  [{ status: 429, body: 'Too Many Requests' }, 'throttled', OFTEN],
  [coinbaseError(404, 'NOT_FOUND'), 'not-found', 'no such order'],
  [coinbaseError(500, 'INTERNAL'), 'unknown', SILENT],
  [page(500), 'unknown', SILENT],
  [page(503), 'unknown', SILENT],
];

describe.each([
  ['binanceus', BINANCE],
  ['binance', BINANCE],
  ['kraken', KRAKEN],
  ['coinbase', COINBASE],
] as const)('what %s answers', (id, cases) => {
  it.each(cases)('%j: %s', async (wire, kind, words) => {
    const { sentence, kind: found, code, retry } = await meaningOf(id, wire);
    expect({ kind: found, code, retry }).toEqual({ kind, ...FOR_READS[kind] });
    expect(sentence).toContain(words);
    expect(sentence).toMatch(/^(?:The order|This computer|Binance|Kraken|Coinbase).*\w\.$/);
  });
});

describe('what ccxt makes too much of', () => {
  it("takes Binance's -2015 for a rate limit once the key has worked: it is the key all the same", async () => {
    const refusal = binance(401, -2015, 'Invalid API-key, IP, or permissions for action.');
    const connection = connect('binanceus', [{ body: '{}' }, refusal]);
    await callImplicit(connection.exchange, 'privateGetAccount', {});
    expect(
      await connection.readOnce(() => callImplicit(connection.exchange, 'privateGetAccount', {})),
    ).toMatchObject({
      error: { code: 'EXCHANGE_REFUSED' },
    });
  });

  it('has an id of ours with the digits of a refusal in the address of what was not answered', async () => {
    const connection = connect('binanceus', [page(502)]);
    const asked = { symbol: 'BTCUSDT', origClientOrderId: 'l1-2015' };
    const error: unknown = await callImplicit(connection.exchange, 'privateGetOrder', asked).catch(
      (thrown: unknown) => thrown,
    );
    expect(connection.meaning(error)).toMatchObject({ kind: 'unknown' });
  });
});
