/** What Electron's security checklist asks for and no single module's test can show: docs/security.md names each item. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as windows from './window-options.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What ships, without comments: they may name what the code must not. */
const SOURCES: ReadonlyMap<string, string> = new Map(
  globSync('src/{main,preload,renderer}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.|\.testing\.|\/testing\//.test(file))
    .map((file) => [file, withoutComments(readFileSync(join(ROOT, file), 'utf8'))]),
);

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function sourcesWith(pattern: RegExp): readonly string[] {
  return [...SOURCES].filter(([, code]) => pattern.test(code)).map(([file]) => file);
}

/** Every switch that is set; one more is a decision, and belongs into docs/security.md. */
const SWITCHES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
} as const;

describe.each(Object.entries(windows))('a window of %s', (_name, optionsOf) => {
  it('has every switch where it is safe, and no other', () => {
    const { webPreferences } = optionsOf('/app/preload.cjs');
    expect(webPreferences).toEqual({ preload: '/app/preload.cjs', ...SWITCHES });
  });
});

describe('the shell', () => {
  it('puts every process into the sandbox, and every page that is ever made under the guard', () => {
    expect(sourcesWith(/app\.enableSandbox\(\);/)).toHaveLength(1);
    expect(
      sourcesWith(/app\.on\('web-contents-created', [^;]*guardNavigation\(contents/),
    ).toHaveLength(1);
  });

  it('opens windows in one place, with options from one place', () => {
    expect(sourcesWith(/new BrowserWindow\(/)).toHaveLength(1);
    expect(sourcesWith(/webPreferences/)).toEqual(['src/main/window-options.ts']);
    expect(sourcesWith(/BrowserView|WebContentsView|<webview|allowpopups/i)).toEqual([]);
  });

  it('loads its own page over app:// and nothing else', () => {
    expect(sourcesWith(/\.loadURL\(/)).toEqual(['src/main/app-window.ts']);
    expect(sourcesWith(/loadFile\(|\bfile:\/|\bsrc=["']https?:/)).toEqual([]);
    expect(sourcesWith(/registerSchemesAsPrivileged\(\[APP_SCHEME_PRIVILEGES\]\)/)).toHaveLength(1);
    expect(sourcesWith(/registerSchemesAsPrivileged\(/)).toHaveLength(1);
  });

  it('switches no feature of Chromium or Blink on', () => {
    expect(sourcesWith(/appendSwitch|appendArgument|BlinkFeatures|enable-features/)).toEqual([]);
  });

  it('hands no address to the system but through the navigation guard', () => {
    expect(sourcesWith(/shell\.openExternal\(/)).toHaveLength(1);
    expect(sourcesWith(/isAllowedExternalLink\(url\)\) openExternal\(url\)/)).toEqual([
      'src/main/navigation-guard.ts',
    ]);
  });

  it('listens to windows in one place, behind the check of the sender', () => {
    expect(sourcesWith(/ipcMain\s*\.\s*(?:on|once|handle|handleOnce)\(/)).toEqual([
      'src/main/ipc-channel.ts',
    ]);
    expect(sourcesWith(/\bisTrusted\(/)).toEqual(['src/main/ipc-channel.ts']);
  });

  it('refuses permissions in the one session that shows a page', () => {
    expect(sourcesWith(/denyPermissions\(session\.defaultSession\)/)).toHaveLength(1);
    expect(sourcesWith(/fromPartition|partition:/)).toEqual([]);
  });

  it('exposes to the page in one place', () => {
    expect(sourcesWith(/exposeInMainWorld/)).toEqual(['src/preload/preload.ts']);
    expect(sourcesWith(/executeJavaScript|from 'electron'/).filter(isRenderer)).toEqual([]);
  });
});

const isRenderer = (file: string): boolean => file.startsWith('src/renderer/');

function json(file: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Readonly<Record<string, unknown>>;
}

describe('Electron', () => {
  it('is one exact version, so that an update of it is a change to look at', () => {
    const { devDependencies } = json('package.json') as { devDependencies: { electron: string } };
    const { packages } = json('package-lock.json') as {
      packages: { 'node_modules/electron': { version: string } };
    };
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages['node_modules/electron'].version).toBe(devDependencies.electron);
  });
});
