/** Answers `app://cryptopiggy/…` from the built window's folder, with the same policy as the browser shell. */

import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import { ASSET_POLICY, securityHeaders } from '../app/page/content-security-policy.ts';
import type { Page } from '../app/page/page.ts';
import { APP_SCHEME, isAppUrl } from './app-url.ts';

/** To be registered before the app is ready. Standard and secure: relative paths, modules and storage work as on https. */
export const APP_SCHEME_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
} as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface AppFiles {
  readonly rendererDir: string;
  readonly page: Page;
}

export async function answerAppRequest(
  request: { readonly url: string; readonly method: string },
  { rendererDir, page }: AppFiles,
): Promise<Response> {
  if (request.method !== 'GET' || !isAppUrl(request.url)) return refusal(403);
  const path = decodedPath(request.url);
  if (path === '/' || path === '/index.html') {
    const { html, headers } = page.serve([]);
    return new Response(html, { headers });
  }
  const file = path === null ? null : fileInside(rendererDir, path);
  return file === null ? refusal(404) : answerFile(file);
}

/** `null` for an escape sequence that is none. */
function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    // Not a path of ours: answered as not found.
    return null;
  }
}

/**
 * The file, or `null` when it would be outside the folder: `..`, encoded or not, a drive letter, a backslash on Windows.
 */
function fileInside(folder: string, path: string): string | null {
  if (path.includes('\0')) return null;
  const file = resolve(folder, `.${path}`);
  const inside = relative(folder, file);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file;
}

/** Only kinds of file that the build makes: anything else is not found. */
async function answerFile(file: string): Promise<Response> {
  const contentType = CONTENT_TYPES[extname(file)];
  if (contentType === undefined) return refusal(404);
  try {
    const bytes = new Uint8Array(await readFile(file));
    return new Response(bytes, {
      headers: { ...securityHeaders(ASSET_POLICY), 'content-type': contentType },
    });
  } catch {
    // Missing or unreadable: for the page both are the same.
    return refusal(404);
  }
}

function refusal(status: 403 | 404): Response {
  return new Response('There is nothing here.', {
    status,
    headers: { ...securityHeaders(ASSET_POLICY), 'content-type': 'text/plain; charset=utf-8' },
  });
}
