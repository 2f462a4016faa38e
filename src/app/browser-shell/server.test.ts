import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { describeTransport } from '../../contract/rpc/conformance.ts';
import { createFixture } from '../../contract/rpc/conformance/fixture.ts';
import { MAX_WINDOW_FRAME_BYTES } from '../../contract/rpc/codec.ts';
import { openWebSocketChannel } from '../../renderer/bridge/websocket-channel.ts';
import { firstAnswer, openSocket, startTestShell } from './testing/shell.ts';

describeTransport('a WebSocket', async (fixture) => {
  const shell = await startTestShell(fixture);
  const opened = await openWebSocketChannel(openSocket(shell));
  if (!opened.ok) throw new Error(opened.error.sentence);
  return {
    channel: opened.value,
    stopApp: () => shell.close(),
    dispose: () => shell[Symbol.asyncDispose](),
  };
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Not `fetch`: it tidies paths and does not let the Host header be set. */
function get(port: number, path: string, host = `127.0.0.1:${port}`): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject).end();
  });
}

describe('who may open the contract', () => {
  it('the page it served, with the token of its address', async () => {
    await using shell = await startTestShell();
    expect(shell.address).toBe(`http://127.0.0.1:${shell.port}/#token=${shell.token}`);
    expect(Buffer.from(shell.token, 'base64url')).toHaveLength(32);
    const socket = openSocket(shell);
    expect(await firstAnswer(socket)).toBe('frame "ready"');
    // Of the offered protocols, the one that holds the token is not repeated.
    expect(socket.protocol).toBe('cryptopiggy.v1');
  });

  it.each([
    ['no token', ''],
    ['another token', 'A'.repeat(43)],
  ])('%s: is turned away, and the log does not repeat it', async (_, token) => {
    await using shell = await startTestShell();
    expect(await firstAnswer(openSocket({ ...shell, token }))).toBe('closed 4401');
    expect(shell.logged).toEqual(['A window without the right session token was turned away.']);
  });

  it.each(['http://evil.example', 'http://127.0.0.1:1', 'https://127.0.0.1', 'null', ''])(
    'a page from %j: is refused before the handshake, even with the token',
    async (origin) => {
      await using shell = await startTestShell();
      expect(await firstAnswer(openSocket({ ...shell, origin }))).toBe('status 403');
    },
  );

  it('a name that was rebound to this machine is refused', async () => {
    await using shell = await startTestShell();
    const host = `evil.example:${shell.port}`;
    expect(await firstAnswer(openSocket({ ...shell, host }))).toBe('status 403');
    expect((await get(shell.port, '/', host)).status).toBe(403);
  });

  it('only on the loopback address', async () => {
    await using shell = await startTestShell();
    // All of 127/8 is this machine, so a server bound to every address would answer here too.
    await expect(fetch(`http://127.0.0.2:${shell.port}/`)).rejects.toThrow('fetch failed');
  });

  it('a single-use address opens the page once, and only the last one issued', async () => {
    await using shell = await startTestShell();
    const visit = (address: string) => get(shell.port, new URL(address).pathname);
    const replaced = shell.singleUseAddress();
    const address = shell.singleUseAddress();
    expect(address).not.toContain(shell.token);
    const answers = [await visit(address), await visit(address), await visit(replaced)];
    expect(answers.map(({ status }) => status)).toEqual([303, 404, 404]);
    expect(answers[0]?.headers['location']).toBe(`/#token=${shell.token}`);
    expect(answers[0]?.headers['cache-control']).toBe('no-store');
  });

  it('a guess uses the single-use address up', async () => {
    await using shell = await startTestShell();
    const { pathname } = new URL(shell.singleUseAddress());
    expect((await get(shell.port, '/open/guess')).status).toBe(404);
    expect((await get(shell.port, pathname)).status).toBe(404);
  });

  it('every run has another token', async () => {
    await using first = await startTestShell();
    await using second = await startTestShell();
    expect(first.token).not.toBe(second.token);
  });
});

describe('a window that sends rubbish', () => {
  it('is hung up on after a frame that is too large, and the others go on', async () => {
    const fixture = createFixture();
    await using shell = await startTestShell(fixture);
    const [bad, good] = [openSocket(shell), openSocket(shell)];
    await Promise.all([firstAnswer(bad), firstAnswer(good)]);
    const closed = new Promise((resolve) => bad.on('close', resolve));
    bad.send(new Uint8Array(MAX_WINDOW_FRAME_BYTES + 1));
    expect(await closed).toBe(1009);
    const opened = await openWebSocketChannel(openSocket(shell));
    expect(opened.ok && good.readyState === good.OPEN).toBe(true);
  });

  it.each([
    ['text', '{"type":"call"}'],
    ['bytes that are no frame', new Uint8Array([0xc1, 0xff])],
    ['an array announced with four billion entries', new Uint8Array([0xdd, 255, 255, 255, 255])],
    ['a column cut short', new Uint8Array([0xc7, 3, 1, 0, 0, 0])],
    ['an unknown extension', new Uint8Array([0xd4, 2, 0])],
    ['nothing at all', new Uint8Array(0)],
  ])('%s: the socket is closed', async (_, data) => {
    await using shell = await startTestShell();
    const socket = openSocket(shell);
    await firstAnswer(socket);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send(data);
    expect(await closed).toBe(4400);
  });

  it('an input too large for a frame is refused in the window, and the connection stays', async () => {
    await using shell = await startTestShell();
    const opened = await openWebSocketChannel(openSocket(shell));
    if (!opened.ok) throw new Error(opened.error.sentence);
    const tooLarge = { type: 'call', id: 1, name: 'echo', input: { value: 'x'.repeat(2 << 20) } };
    expect(() => opened.value.send(tooLarge)).toThrow('too large');
    const answer = new Promise((resolve) => opened.value.onMessage(resolve));
    opened.value.send({ type: 'call', id: 2, name: 'refuse', input: {} });
    expect(await answer).toMatchObject({ type: 'failure', id: 2 });
    opened.value.close();
  });
});

describe('the served files', () => {
  it('the page has a fresh nonce each time, in the policy and in the html', async () => {
    await using shell = await startTestShell();
    const pages = [await get(shell.port, '/'), await get(shell.port, '/index.html')];
    const nonces = pages.map(({ headers, body }) => {
      const nonce = /content="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; ` +
          `connect-src 'self' ws://127.0.0.1:${shell.port}; img-src 'self' data:; font-src 'self'; ` +
          `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect(nonces.every((nonce) => nonce.length >= 22)).toBe(true);
  });

  it('every answer carries the headers that keep it to itself', async () => {
    await using shell = await startTestShell();
    for (const path of ['/', '/app.js', '/missing.js', '/contract']) {
      const { headers } = await get(shell.port, path);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fetc/passwd',
    '/..%5c..%5cetc/passwd',
    '//etc/passwd',
    '/app.js%00.png',
    '/%',
    '/.env',
  ])('%s: is not there', async (path) => {
    await using shell = await startTestShell();
    const { status, body } = await get(shell.port, path);
    expect([400, 404]).toContain(status);
    expect(body).toBe('There is nothing here.');
  });

  it('a window that is not built is said so at start', async () => {
    await using shell = await startTestShell();
    const { startBrowserShell } = await import('./server.ts');
    const start = startBrowserShell({
      table: {},
      handlers: {},
      reporting: createFixture().reporting,
      rendererDir: `${shell.rendererDir}/nowhere`,
      port: 0,
      log: () => {},
    });
    await expect(start).rejects.toThrow('The window is not built');
  });
});
