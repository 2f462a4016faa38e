import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { couldNotRun, downloadElectron, installedElectron, whyNoWindow } from './electron.ts';

const desktop = { platform: 'linux', env: { DISPLAY: ':0' }, userId: 1000 } as const;

describe('a window', () => {
  it('can open on a desktop', () => {
    expect(whyNoWindow(desktop)).toBeNull();
    expect(whyNoWindow({ ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(whyNoWindow({ platform: 'win32', env: {}, userId: null })).toBeNull();
    expect(whyNoWindow({ platform: 'darwin', env: {}, userId: 501 })).toBeNull();
  });

  it('cannot open without a screen, as root, or where Electron does not exist', () => {
    expect(whyNoWindow({ ...desktop, env: {} })).toMatch('no screen');
    expect(whyNoWindow({ ...desktop, userId: 0 })).toMatch('root');
    expect(whyNoWindow({ ...desktop, platform: 'freebsd' })).toMatch('freebsd');
  });
});

describe("Electron's program", () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(file: string): string {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, '');
    return full;
  }

  it('is the one that was downloaded before', () => {
    const program = put('dist/electron');
    put('path.txt');
    expect(installedElectron(folder, desktop)).toBe(program);
  });

  it('is not one whose download was cut short', () => {
    put('dist/electron');
    expect(installedElectron(folder, desktop)).toBeNull();
  });

  it('is the one that ELECTRON_OVERRIDE_DIST_PATH names, before any other', () => {
    put('dist/electron');
    put('path.txt');
    const program = put('elsewhere/electron');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(program) };
    expect(installedElectron(folder, { platform: 'linux', env })).toBe(program);
    expect(installedElectron(folder, { platform: 'win32', env })).toBeNull();
  });

  it('is given up in a sentence where its server cannot be reached', async () => {
    const env = { ELECTRON_MIRROR: `http://127.0.0.1:${await closedPort()}/` };
    const found = await downloadElectron(folder, { ...desktop, env });
    expect(found.ok ? found.program : found.why).toMatch(
      /^Electron is not on this machine yet, and 127\.0\.0\.1:\d+ does not answer\.$/,
    );
  });
});

describe('an end of Electron', () => {
  it.each([
    [{ code: null, signal: 'SIGTRAP' }, true],
    [{ code: 127, signal: null }, true],
    [{ code: 0xc0000135, signal: null }, true],
    [{ code: null, signal: 'SIGINT' }, false],
    [{ code: 0, signal: null }, false],
    [{ code: 1, signal: null }, false],
  ] as const)('%j means that it cannot run here: %s', (ending, expected) => {
    expect(couldNotRun(ending)).toBe(expected);
  });
});

/** A port that nothing listens on. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      server.close(() => resolve(address.port));
    });
  });
}
