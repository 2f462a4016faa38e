import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPage } from '../app/page/page.ts';
import { answerAppRequest, APP_SCHEME_PRIVILEGES, type AppFiles } from './app-protocol.ts';

let parent = '';
let files: AppFiles;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'piggy-page-'));
  const rendererDir = join(parent, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(parent, 'secret.js'), 'the secret');
  await mkdir(join(parent, 'renderer-other'));
  await writeFile(join(parent, 'renderer-other', 'secret.js'), 'the secret');
  await writeFile(join(rendererDir, 'index.html'), '<meta content="__CSP_NONCE__">');
  await writeFile(join(rendererDir, 'assets', 'index.js'), 'export {};');
  await writeFile(join(rendererDir, 'notes.exe'), 'x');
  files = { rendererDir, page: await loadPage(rendererDir) };
});

afterAll(() => rm(parent, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answerAppRequest({ url, method }, files);

describe('the app:// protocol', () => {
  it('serves the page under the same policy as the browser shell, without a WebSocket', async () => {
    const response = await ask('app://cryptopiggy/');
    const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; ` +
        "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('serves the files of the build with their types', async () => {
    const response = await ask('app://cryptopiggy/assets/index.js?v=1');
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://cryptopiggy/../secret.js',
    'app://cryptopiggy/%2e%2e/secret.js',
    'app://cryptopiggy/..%2fsecret.js',
    'app://cryptopiggy/assets/..%2f..%2fsecret.js',
    'app://cryptopiggy/..%5csecret.js',
    'app://cryptopiggy/..%2frenderer-other%2fsecret.js',
    'app://cryptopiggy//etc/passwd',
    'app://cryptopiggy/index.js%00.png',
    'app://cryptopiggy/%E0%A4%A',
    'app://cryptopiggy/notes.exe',
    'app://cryptopiggy/assets',
    'app://cryptopiggy/missing.js',
  ])('%s: is not there', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('There is nothing here.');
  });

  it('answers nobody else, and nothing but GET', async () => {
    expect((await ask('app://evil/')).status).toBe(403);
    expect((await ask('app://cryptopiggy/', 'POST')).status).toBe(403);
  });

  it('is a standard, secure scheme that does not get round the policy', () => {
    expect(APP_SCHEME_PRIVILEGES).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    });
  });
});
