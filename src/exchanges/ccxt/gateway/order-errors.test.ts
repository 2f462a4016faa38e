/** What exchanges answer, as they word it, through ccxt's own classes: what it means for an order, and what is said. */

import { describe, expect, it } from 'vitest';
import { json } from '../testing/loopback.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { callImplicit } from './implicit-call.ts';
import type { OrderErrorKind } from './order-errors.ts';
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
const FOR_READS = {
  refused: { code: 'EXCHANGE_REFUSED', retry: false },
  'not-found': { code: 'EXCHANGE_REFUSED', retry: false },
  exists: { code: 'EXCHANGE_REFUSED', retry: false },
  unknown: { code: 'EXCHANGE_UNAVAILABLE', retry: true },
  unavailable: { code: 'EXCHANGE_UNAVAILABLE', retry: true },
} as const satisfies Record<OrderErrorKind, object>;

type Case = readonly [wire: Wire, kind: OrderErrorKind, says: string];

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

const BINANCE: readonly Case[] = [
  [binance(401, -2014, 'API-key format invalid.'), 'refused', KEY],
  [binance(401, -2015, 'Invalid API-key, IP, or permissions for action.'), 'refused', KEY_RIGHTS],
  [binance(400, -1022, 'Signature for this request is not valid.'), 'refused', KEY],
  [
    binance(400, -1021, 'Timestamp for this request is outside of the recvWindow.'),
    'unavailable',
    CLOCK,
  ],
  [binance(400, -2010, 'Account has insufficient balance for requested action.'), 'refused', MONEY],
  [filter('LOT_SIZE'), 'refused', RULES],
  [filter('PRICE_FILTER'), 'refused', RULES],
  [filter('MARKET_LOT_SIZE'), 'refused', RULES],
  [filter('PERCENT_PRICE_BY_SIDE'), 'refused', RULES],
  [filter('MIN_NOTIONAL'), 'refused', SMALL],
  [filter('NOTIONAL'), 'refused', SMALL],
  [filter('MAX_NUM_ORDERS'), 'refused', 'no more open orders: cancel some'],
  [filter('MAX_NUM_ALGO_ORDERS'), 'refused', 'no more open orders: cancel some'],
  [binance(400, -2010, 'Order would immediately match and take.'), 'refused', PASSED],
  [binance(400, -2010, 'Order would trigger immediately.'), 'refused', PASSED],
  [binance(400, -2010, 'Duplicate order sent.'), 'exists', 'this id already'],
  [binance(400, -2011, 'Unknown order sent.'), 'not-found', 'no such order'],
  [binance(400, -2013, 'Order does not exist.'), 'not-found', 'no such order'],
  [binance(400, -1121, 'Invalid symbol.'), 'refused', 'choose one of its pairs'],
  [binance(429, -1003, 'Too much request weight used.'), 'unavailable', OFTEN],
  [binance(418, -1003, 'Way too much request weight used.'), 'unavailable', OFTEN],
  [binance(429, -1015, 'Too many new orders.'), 'unavailable', OFTEN],
  [binance(400, -1006, 'An unexpected response was received.'), 'unknown', ''],
  [binance(400, -1007, 'Timeout waiting for response from backend server.'), 'unknown', SILENT],
  [binance(400, -1102, "Mandatory parameter 'side' was not sent."), 'refused', RULES],
  [binance(400, -1111, "Parameter 'price' has too much precision."), 'refused', RULES],
  [binance(503, 1, 'System is under maintenance.'), 'unavailable', MAINTENANCE],
  [page(403), 'unknown', SILENT],
  [page(500), 'unknown', SILENT],
  [page(502), 'unknown', SILENT],
  [page(503), 'unknown', SILENT],
  [page(504), 'unknown', SILENT],
  [page(451), 'refused', 'does not serve the place you connect from: choose another exchange'],
  [{ body: '<html>' }, 'unknown', 'cannot be made sense of: look at its status page'],
];

const kraken = (error: string): Wire => json({ error: [error] });

const KRAKEN: readonly Case[] = [
  [kraken('EAPI:Invalid key'), 'refused', KEY],
  [kraken('EAPI:Invalid signature'), 'refused', KEY],
  [kraken('EAPI:Invalid nonce'), 'unavailable', 'give this app a key that nothing else uses'],
  [kraken('EGeneral:Permission denied'), 'refused', KEY_RIGHTS],
  [kraken('EAccount:Invalid permissions:BTC trading restricted.'), 'refused', KEY_RIGHTS],
  [kraken('EAPI:Rate limit exceeded'), 'unavailable', OFTEN],
  [kraken('EOrder:Rate limit exceeded'), 'unavailable', OFTEN],
  [kraken('EGeneral:Temporary lockout'), 'unavailable', OFTEN],
  [kraken('EOrder:Insufficient funds'), 'refused', MONEY],
  [kraken('EOrder:Order minimum not met'), 'refused', SMALL],
  [kraken('EOrder:Cost minimum not met'), 'refused', SMALL],
  [kraken('EOrder:Tick size check failed'), 'refused', RULES],
  [
    kraken('EOrder:Invalid price:XBT/USDT price can only be specified up to 1 decimals.'),
    'refused',
    RULES,
  ],
  [kraken('EOrder:Post only order'), 'refused', RULES],
  [kraken('EOrder:Orders limit exceeded'), 'refused', 'no more open orders: cancel some'],
  [kraken('EOrder:cl_ord_id already in use'), 'exists', 'this id already'],
  [kraken('EGeneral:Invalid arguments'), 'refused', RULES],
  [kraken('EGeneral:Invalid arguments:volume'), 'refused', RULES],
  [kraken('EQuery:Unknown asset pair'), 'refused', 'choose one of its pairs'],
  [kraken('EService:Unavailable'), 'unknown', SILENT],
  [kraken('EService:Busy'), 'unknown', SILENT],
  [kraken('EService:Deadline elapsed'), 'unknown', SILENT],
  [kraken('EGeneral:Internal error'), 'unknown', SILENT],
  [kraken('EService:Market in cancel_only mode'), 'unavailable', MAINTENANCE],
  [kraken('EService:Market in post_only mode'), 'unavailable', MAINTENANCE],
  [kraken('ETrade:User Locked'), 'refused', 'has locked the account: ask its support'],
  [page(520), 'unknown', SILENT],
];

const coinbaseRefusal = (response: Readonly<Record<string, string>>): Wire =>
  json({ success: false, error_response: response });
const coinbaseError = (status: number, error: string): Wire => ({
  status,
  body: JSON.stringify({ error, error_details: '', message: '' }),
});

const COINBASE: readonly Case[] = [
  [{ status: 401, body: 'Unauthorized' }, 'refused', KEY],
  [coinbaseError(403, 'PERMISSION_DENIED'), 'refused', KEY_RIGHTS],
  [coinbaseRefusal({ error: 'INSUFFICIENT_FUND' }), 'refused', MONEY],
  [coinbaseRefusal({ preview_failure_reason: 'PREVIEW_INSUFFICIENT_FUND' }), 'refused', MONEY],
  [
    coinbaseRefusal({ preview_failure_reason: 'PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE' }),
    'refused',
    PASSED,
  ],
  [coinbaseRefusal({ error: 'INVALID_LIMIT_PRICE_POST_ONLY' }), 'refused', RULES],
  [coinbaseRefusal({ error: 'PREVIEW_INVALID_BASE_SIZE_TOO_SMALL' }), 'refused', SMALL],
  [coinbaseError(400, 'INVALID_ARGUMENT'), 'refused', RULES],
  [coinbaseError(429, 'RESOURCE_EXHAUSTED'), 'unavailable', OFTEN],
  [{ status: 429, body: 'Too Many Requests' }, 'unavailable', OFTEN],
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
    const { sentence, ...found } = await meaningOf(id, wire);
    expect(found).toEqual({ kind, ...FOR_READS[kind] });
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
