import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { appMenu, type AppMenuActions, type AppMenuChoices } from './app-menu.ts';
import { chooseIn } from './testing/desktop.ts';

function menu(choices: Partial<AppMenuChoices> = {}, actions: Partial<AppMenuActions> = {}) {
  const done: string[] = [];
  const does = (what: string) => () => void done.push(what);
  const template = appMenu(
    {
      openWindow: does('window'),
      openCompact: does('compact'),
      stop: does('stop'),
      openLogs: does('logs'),
      saveDiagnostics: does('diagnostics'),
      ...actions,
    },
    { platform: 'linux', isDevelopment: false, hasStopShortcut: true, ...choices },
  );
  return { template, done };
}

const nameOf = ({ label, role }: MenuItemConstructorOptions): string => label ?? role ?? '-';

function itemsOf(template: readonly MenuItemConstructorOptions[], name: string) {
  const submenu = template.find((candidate) => nameOf(candidate) === name)?.submenu;
  if (!Array.isArray(submenu)) throw new Error(`There is no menu "${name}".`);
  return submenu;
}

describe('the menu', () => {
  it.each(['linux', 'windows', 'other'] as const)('on %s', (platform) => {
    const { template } = menu({ platform });
    expect(template.map(nameOf)).toEqual(['File', 'editMenu', 'View', 'windowMenu', 'help']);
    expect(itemsOf(template, 'File').map(nameOf).slice(-2)).toEqual(['close', 'quit']);
    expect(itemsOf(template, 'help').map(nameOf).at(-1)).toBe('about');
  });

  it('on a Mac begins with the one of the app, and quits there', () => {
    const { template } = menu({ platform: 'macos' });
    expect(template.map(nameOf)[0]).toBe('CryptoPiggy');
    expect(itemsOf(template, 'CryptoPiggy').map(nameOf)).toEqual(
      expect.arrayContaining(['about', 'hide', 'quit']),
    );
    expect(itemsOf(template, 'File').map(nameOf)).not.toContain('quit');
    expect(itemsOf(template, 'help').map(nameOf)).not.toContain('about');
  });

  it('reloads the page and looks into it in development only', () => {
    const view = (isDevelopment: boolean) =>
      itemsOf(menu({ isDevelopment }).template, 'View').map(nameOf);
    const forDevelopers = ['reload', 'forceReload', 'toggleDevTools'];
    expect(view(true)).toEqual(expect.arrayContaining(forDevelopers));
    expect(view(false).filter((name) => forDevelopers.includes(name))).toEqual([]);
  });

  it('does what it says', () => {
    const { template, done } = menu();
    for (const name of ['Open window', 'Compact window', 'Emergency stop']) {
      chooseIn(itemsOf(template, 'File'), name);
    }
    for (const name of ['Open logs folder', 'Save diagnostics…']) {
      chooseIn(itemsOf(template, 'help'), name);
    }
    expect(done).toEqual(['window', 'compact', 'stop', 'logs', 'diagnostics']);
  });

  it('offers no diagnostics where there are none', () => {
    const { template } = menu({}, { saveDiagnostics: null });
    expect(itemsOf(template, 'help').map(nameOf)).not.toContain('Save diagnostics…');
  });

  it("has the stop's shortcut itself where the system did not take it, and only there", () => {
    const registers = (hasStopShortcut: boolean) =>
      itemsOf(menu({ hasStopShortcut }).template, 'File').find(
        ({ label }) => label === 'Emergency stop',
      )?.registerAccelerator;
    expect([registers(true), registers(false)]).toEqual([false, true]);
  });
});
