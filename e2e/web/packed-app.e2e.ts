/** What an installer would bring: packed without Electron's program, opened, and started on a stand-in for it. */

import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packApp, type PackedApp } from '../../scripts/pack/pack.ts';
import { startPackedApp, type StartedApp } from '../../scripts/pack/started-app.ts';
import type { LiveState } from '../../src/contract/live.ts';
import { CONFIG } from '../../src/app/backtest/testing/service-fixture.ts';
import { ROOT } from './support/app.ts';

/** What starts each part, and a picture: without them, there was no complete build to pack. */
const ENTRIES = [
  'assets/icons/linux/256x256.png',
  'assets/tray/paper.png',
  'dist/main/backtest-worker.js',
  'dist/main/keychain-child.js',
  'dist/main/main.js',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
] as const;

const PAGE = 'app://cryptopiggy/';
const KEYRING = 'node_modules/@napi-rs/keyring';

/**
 * In Electron's order: run as Node, cookie encryption, NODE_OPTIONS, --inspect, archive integrity, archive only,
 * snapshot of its own, rights of file://, and one that electron-builder does not know and leaves as it was.
 */
const FUSES = '010011001';

const folder = mkdtempSync(join(tmpdir(), 'piggy-packed-'));
const appDir = join(folder, 'app');
let packed: PackedApp;

beforeAll(() => {
  packed = packApp(folder);
  packed.extract(appDir);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const withSlashes = (file: string): string => file.replaceAll('\\', '/');

const paths = (): readonly string[] => packed.files.map((file) => file.path);

function built(): readonly string[] {
  return globSync(['dist/**/*', 'assets/tray/*.png', 'assets/icons/linux/256x256.png'], {
    cwd: ROOT,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => withSlashes(join(entry.parentPath, entry.name)).slice(ROOT.length + 1));
}

describe('the archive', () => {
  it("holds what was built, the window's and the tray's marks, package.json and the keychain's library", () => {
    const ours = paths().filter((file) => !file.startsWith('node_modules/'));
    expect(ours.toSorted()).toEqual([...built(), 'package.json'].toSorted());
    expect(ours).toEqual(expect.arrayContaining([...ENTRIES]));
    const theirs = paths().filter((file) => file.startsWith('node_modules/'));
    expect(theirs).toEqual(
      expect.arrayContaining([`${KEYRING}/index.js`, `${KEYRING}/package.json`]),
    );
    expect(theirs.filter((file) => !file.startsWith(KEYRING))).toEqual([]);
    expect(theirs.length).toBeLessThan(10);
  });

  it('holds no source, no test, no source map and no settings', () => {
    const foreign = /\.[cm]?tsx?$|\.test\.|\.map$|\.env|\.sqlite|\.log$|(^|\/)(src|e2e|scripts)\//;
    expect(paths().filter((file) => foreign.test(file))).toEqual([]);
    const { scripts, devDependencies } = JSON.parse(
      readFileSync(join(appDir, 'package.json'), 'utf8'),
    ) as Readonly<Record<string, unknown>>;
    expect({ scripts, devDependencies }).toEqual({});
  });

  it("leaves the library's binary outside, and nothing else", () => {
    const outside = packed.files.filter(({ isUnpacked }) => isUnpacked);
    expect(outside.map((file) => file.path)).toEqual([
      expect.stringMatching(/^node_modules\/@napi-rs\/keyring-[^/]+\/[^/]+\.node$/),
    ]);
  });

  it('says of every file what Electron shall find in it', () => {
    for (const { path, sha256 } of packed.files) {
      const found = createHash('sha256')
        .update(readFileSync(join(appDir, path)))
        .digest('hex');
      expect(`${path}: ${found}`).toBe(`${path}: ${sha256}`);
    }
  });
});

describe("Electron's part", () => {
  it('has the fuses blown that would let others run code as the app', () => {
    expect(packed.fuses).toBe(FUSES);
  });

  it('is told where its updates are, and to take them from nowhere else', () => {
    expect(packed.updateSource).toEqual({
      provider: 'github',
      owner: 'somebody',
      repo: 'cryptopiggy',
      releaseType: 'draft',
      updaterCacheDirName: 'cryptopiggy-updater',
    });
  });

  it("keeps Chromium's texts in English alone", () => {
    expect(packed.languages).toEqual(['en-US.pak']);
  });
});

/** Without the machine's own keychain, key or settings. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  const bus = `unix:path=${join(folder, 'no-bus')}`;
  return { PATH, SystemRoot, TEMP, HOME: folder, DBUS_SESSION_BUS_ADDRESS: bus };
}

async function started(name: string, more: NodeJS.ProcessEnv = {}): Promise<StartedApp> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  return startPackedApp(appDir, dataDir, { ...environment(), ...more });
}

/** As the installer leaves it beside the archive. */
function withReleasePage(): Disposable {
  const file = join(folder, 'app-update.yml');
  writeFileSync(file, 'provider: github\nowner: somebody\nrepo: cryptopiggy\n');
  return { [Symbol.dispose]: () => rmSync(file) };
}

/** What the app says of the keychain once it has asked it. */
function askedKeychain({ client }: StartedApp): Promise<LiveState['vault']['keychain']> {
  const { promise, resolve } = Promise.withResolvers<LiveState['vault']['keychain']>();
  client.subscribe(
    'live.watch',
    {},
    {
      onEvent: ({ vault }) => {
        if (!vault.keychain.sentence.includes('being asked')) resolve(vault.keychain);
      },
      onEnd: () => {},
    },
  );
  return promise;
}

describe('the packed app', () => {
  it('starts, answers its window over the contract, and quits in good order', async () => {
    await using app = await started('answers');
    expect(app.exposed).toEqual(['cryptopiggy']);
    const answer = await app.client.call('app.info', {});
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect(answer).toMatchObject({ ok: true, value: { version, shell: 'electron', findings: [] } });
    expect(await app.quit()).toBe(0);
    expect(app.complaints()).toBe('');
  });

  it.skipIf(process.platform === 'win32')(
    'puts everything away when the system ends it, and writes that down',
    async () => {
      await using app = await started('terminated');
      expect(await app.terminate()).toBe(0);
      const lines = readFileSync(join(folder, 'terminated', 'logs', 'app.jsonl'), 'utf8')
        .trim()
        .split('\n');
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
        level: 'info',
        text: 'SIGTERM has come; CryptoPiggy quits.',
      });
    },
  );

  it('serves its page and every file that the page names, under a strict policy', async () => {
    await using app = await started('page');
    const page = await app.fetch(PAGE);
    expect(page.policy).toContain("script-src 'self'");
    const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(named.length).toBeGreaterThan(2);
    for (const file of named) {
      expect(await app.fetch(new URL(file, PAGE).href)).toMatchObject({ status: 200 });
    }
  });

  it('runs a backtest on the sample in its worker', async () => {
    await using app = await started('backtest');
    const run = await app.client.call('backtest.start', {
      name: 'Packed',
      sourceId: 'sample',
      config: { ...CONFIG, timeframe: '1h' },
    });
    if (!run.ok) throw new Error(run.error.sentence);
    const ended = Promise.withResolvers<unknown>();
    app.client.subscribe('backtest.progress', run.value, {
      onEvent: () => {},
      onEnd: ended.resolve,
    });
    expect(await ended.promise).toBeNull();
    const report = await app.client.call('backtest.export', { ...run.value, format: 'json' });
    expect(report).toMatchObject({ ok: true });
  });

  it.each([
    ['says that it updates itself', '1', 'looks for a new version twice a day'],
    ['says nothing of updates that were switched off', '0', ''],
  ])('%s', async (name, AUTO_UPDATE, sentence) => {
    using _page = withReleasePage();
    await using app = await started(name, { APPIMAGE: join(folder, 'x.AppImage'), AUTO_UPDATE });
    expect(await app.quit()).toBe(0);
    if (sentence === '') expect(app.complaints()).toBe('');
    else expect(app.complaints()).toContain(sentence);
  });

  it('has the library for updates in a chunk of its own, which no start has to read', () => {
    const holding = paths().filter(
      (file) =>
        /^dist\/main\/.*\.js$/.test(file) &&
        readFileSync(join(appDir, file), 'utf8').includes('APPIMAGE env is not defined'),
    );
    expect(holding).toEqual([expect.stringMatching(/^dist\/main\/chunks\//)]);
  });

  it("loads the keychain's library from beside the archive", async () => {
    const library: unknown = createRequire(join(appDir, 'dist', 'main', 'x.js'))(
      '@napi-rs/keyring',
    );
    expect(library).toHaveProperty('AsyncEntry');
  });

  it.runIf(process.platform === 'linux')(
    "reaches for the system's keychain through it, and says that there is none",
    async () => {
      await using app = await started('keychain');
      const { works, sentence } = await askedKeychain(app);
      expect(works).toBe(false);
      expect(sentence).toContain('D-Bus');
    },
  );
});
