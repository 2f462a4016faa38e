import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createAppWindow, type OpenWindow } from './app-window.ts';

/** A desktop on which windows open; what happened to them, in order. */
function desktop() {
  const happened: string[] = [];
  const windows: EventEmitter[] = [];
  const appWindow = createAppWindow({
    createWindow: () => {
      const events = new EventEmitter();
      windows.push(events);
      const window: OpenWindow = {
        webContents: {
          id: windows.length,
          on: (name: string) => happened.push(`guards ${name}`),
          setWindowOpenHandler: () => happened.push('guards new windows'),
        },
        loadURL: (url) => Promise.resolve(void happened.push(`loads ${url}`)),
        on: (name, listener) => events.on(name, listener),
        isMinimized: () => true,
        restore: () => happened.push('restored'),
        show: () => happened.push('shown'),
        focus: () => happened.push('focused'),
      };
      return window;
    },
    openExternal: () => {},
    preload: '/app/preload.cjs',
    log: () => {},
  });
  return { appWindow, happened, emit: (name: string) => windows.at(-1)?.emit(name) };
}

describe('the window', () => {
  it('is guarded before it loads its page, and shown once it has drawn itself', () => {
    const { appWindow, happened, emit } = desktop();
    appWindow.open();
    expect(happened).toEqual([
      'guards will-navigate',
      'guards will-redirect',
      'guards will-attach-webview',
      'guards new windows',
      'loads app://cryptopiggy/',
    ]);
    emit('ready-to-show');
    expect(happened.at(-1)).toBe('shown');
  });

  it('is brought to the front when asked for', () => {
    const { appWindow, happened } = desktop();
    appWindow.raise();
    expect(happened).toEqual([]);
    appWindow.open();
    happened.length = 0;
    appWindow.raise();
    expect(happened).toEqual(['restored', 'shown', 'focused']);
  });

  it('is ours while it is open', () => {
    const { appWindow, emit } = desktop();
    expect(appWindow.isOurs(1)).toBe(false);
    appWindow.open();
    expect([appWindow.isOurs(1), appWindow.isOurs(2)]).toEqual([true, false]);
    emit('closed');
    expect(appWindow.isOurs(1)).toBe(false);
  });
});
