/** Binance's own words for what it refuses, and the shape in which a refusal travels through the simulator. */

export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  readonly code: number;
  readonly msg: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

function bad(code: number, msg: string, status = 400): Refusal {
  return { status, code, msg };
}

export const REFUSALS = {
  tooMuchWeight: bad(
    -1003,
    'Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
    429,
  ),
  tooManyOrders: bad(-1015, 'Too many new orders; current limit is 100 orders per 10 SECOND.', 429),
  backendTimeout: bad(
    -1007,
    'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  ),
  outsideWindow: bad(-1021, 'Timestamp for this request is outside of the recvWindow.'),
  aheadOfServer: bad(-1021, "Timestamp for this request was 1000ms ahead of the server's time."),
  badSignature: bad(-1022, 'Signature for this request is not valid.'),
  windowTooLong: bad(-1131, 'recvWindow must be less than 60000'),
  invalidInterval: bad(-1120, 'Invalid interval.'),
  invalidSymbol: bad(-1121, 'Invalid symbol.'),
  unknownListenKey: bad(-1125, 'This listenKey does not exist.'),
  spanTooLong: bad(-1127, 'More than 24 hours between startTime and endTime.'),
  invalidTimeInForce: bad(-1115, 'Invalid timeInForce.'),
  invalidType: bad(-1116, 'Invalid orderType.'),
  invalidSide: bad(-1117, 'Invalid side.'),
  insufficientBalance: bad(-2010, 'Account has insufficient balance for requested action.'),
  duplicateOrder: bad(-2010, 'Duplicate order sent.'),
  wouldMatch: bad(-2010, 'Order would immediately match and take.'),
  wouldTrigger: bad(-2010, 'Order would trigger immediately.'),
  pricesUnrelated: bad(-2010, 'The relationship of the prices for the orders is not correct.'),
  unsupportedPair: bad(-1158, 'Order type not supported in OCO.'),
  thinBook: bad(-2010, 'Order book liquidity is less than `LOT_SIZE` filter minimum quantity.'),
  marketClosed: bad(-1013, 'Market is closed.'),
  wrongPhase: bad(-2010, 'This order type is not possible in this trading phase.'),
  serviceGone: bad(-1016, 'This service is no longer available.'),
  unknownOrder: bad(-2011, 'Unknown order sent.'),
  noSuchOrder: bad(-2013, 'Order does not exist.'),
  noSuchList: bad(-2018, 'Order list does not exist.'),
  badKeyFormat: bad(-2014, 'API-key format invalid.', 401),
  unknownKey: bad(-2015, 'Invalid API-key, IP, or permissions for action.', 401),
  maintenance: bad(1, 'System is under maintenance.', 503),
} as const satisfies Readonly<Record<string, Refusal>>;

export function filterFailure(filter: string): Refusal {
  return bad(-1013, `Filter failure: ${filter}`);
}

export function missing(parameter: string): Refusal {
  return bad(
    -1102,
    `Mandatory parameter '${parameter}' was not sent, was empty/null, or malformed.`,
  );
}

export function bothMissing(one: string, other: string): Refusal {
  return bad(-1102, `Param '${one}' or '${other}' must be sent, but both were empty/null!`);
}

export function notRequired(parameter: string): Refusal {
  return bad(-1106, `Parameter '${parameter}' sent when not required.`);
}

export function illegal(parameter: string): Refusal {
  return bad(
    -1100,
    `Illegal characters found in parameter '${parameter}'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.`,
  );
}

export function tooPrecise(parameter: string): Refusal {
  return bad(-1111, `Parameter '${parameter}' has too much precision.`);
}
