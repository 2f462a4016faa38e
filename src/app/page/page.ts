/** The built index.html, filled with a fresh nonce each time it is served. */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentSecurityPolicy, securityHeaders } from './content-security-policy.ts';

/** Stands in index.html as `<meta name="csp-nonce" content="__CSP_NONCE__">`, where the window reads the nonce. */
const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';

const NONCE_BYTES = 16;

interface ServedPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Page {
  /** @param connect - Where it may connect to besides its own origin. */
  serve(connect: readonly string[]): ServedPage;
}

/**
 * @param rendererDir - Folder of the built window.
 * @throws Error with a plain sentence when the window is not built, or built without the placeholder.
 */
export async function loadPage(rendererDir: string): Promise<Page> {
  return createPage(await readIndex(rendererDir), () =>
    randomBytes(NONCE_BYTES).toString('base64'),
  );
}

/** @throws Error when the html has no placeholder: its styles would be refused by its own policy. */
export function createPage(html: string, newNonce: () => string): Page {
  if (!html.includes(CSP_NONCE_PLACEHOLDER)) {
    throw new Error(
      `The built index.html has no ${CSP_NONCE_PLACEHOLDER}. Build the window again.`,
    );
  }
  return {
    serve(connect) {
      const nonce = newNonce();
      return {
        html: html.replaceAll(CSP_NONCE_PLACEHOLDER, nonce),
        headers: {
          ...securityHeaders(contentSecurityPolicy({ nonce, connect })),
          'content-type': 'text/html; charset=utf-8',
          // A kept copy would bring its old nonce back.
          'cache-control': 'no-store',
        },
      };
    },
  };
}

async function readIndex(rendererDir: string): Promise<string> {
  const file = join(rendererDir, 'index.html');
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`The window is not built: ${file} cannot be read. Run "npm run build" first.`, {
      cause,
    });
  }
}
