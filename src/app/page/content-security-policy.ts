/** The page's policy, the same in both shells: only what the build brought, and nothing from anywhere else. */

export interface PageSources {
  /** Fresh for each page: lets the UI library's own style elements in, and nobody else's. */
  readonly nonce: string;
  /** Where the page may connect to besides its own origin: the WebSocket's address, or nothing. */
  readonly connect: readonly string[];
}

export function contentSecurityPolicy({ nonce, connect }: PageSources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    ["connect-src 'self'", ...connect].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For everything that is not the page: should a browser ever show it as one, it can do nothing. */
export const ASSET_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** On every answer of both shells, with the policy that fits it. */
export function securityHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
