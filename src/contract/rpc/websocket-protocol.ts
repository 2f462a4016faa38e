/** What the page and the browser shell must agree on before the contract's first message. */

/** Path of the WebSocket, on the origin that served the page. */
export const CONTRACT_PATH = '/contract';

/** The one subprotocol spoken; the only one the app ever names in its answer. */
export const CONTRACT_SUBPROTOCOL = 'cryptopiggy.v1';

/** The first frame from the app, as text: the token was accepted. All later frames are binary. */
export const READY_FRAME = 'ready';

/** Close codes of the private range. */
export const CLOSE_TOKEN_REFUSED = 4401;
export const CLOSE_BAD_FRAME = 4400;

const TOKEN_PREFIX = 'token.';

/**
 * The session token travels as a second offered subprotocol: a page cannot set headers on a WebSocket, and a query
 * would stand in logs and histories.
 */
export function offeredProtocols(token: string): readonly string[] {
  return [CONTRACT_SUBPROTOCOL, `${TOKEN_PREFIX}${token}`];
}

/** The token in a `Sec-WebSocket-Protocol` header, or `null`. */
export function offeredToken(header: string | undefined): string | null {
  const offered = (header ?? '').split(',').map((protocol) => protocol.trim());
  const found = offered.find((protocol) => protocol.startsWith(TOKEN_PREFIX));
  return found === undefined ? null : found.slice(TOKEN_PREFIX.length);
}
