import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isAppUrl } from './app-url.ts';
import { isAllowedExternalLink } from './external-links.ts';
import { guardNavigation } from './navigation-guard.ts';
import { denyPermissions } from './permissions.ts';
import { windowOptions } from './window-options.ts';

describe('the window', () => {
  it('is opened with everything off that a page does not need', () => {
    const { webPreferences } = windowOptions('/app/preload.cjs');
    expect(webPreferences).toMatchObject({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
  });
});

/** A page's contents, and what became of its attempts to leave. */
function guarded() {
  const events = new EventEmitter();
  const opened: string[] = [];
  let openHandler = (_details: { readonly url: string }) => ({ action: 'allow' });
  guardNavigation(
    {
      on: (name: string, listener: (...given: never[]) => void) =>
        events.on(name, (...given) => {
          Reflect.apply(listener, undefined, given);
        }),
      setWindowOpenHandler: (handler) => {
        openHandler = handler;
      },
    },
    (url) => opened.push(url),
  );
  return {
    opened,
    isPrevented(name: string, url: string): boolean {
      let prevented = false;
      events.emit(name, { url, preventDefault: () => (prevented = true) });
      return prevented;
    },
    openWindow: (url: string) => openHandler({ url }).action,
  };
}

describe('a page that tries to leave', () => {
  it.each(['will-navigate', 'will-redirect'])('%s: only within the app', (name) => {
    const { isPrevented } = guarded();
    expect(isPrevented(name, 'app://cryptopiggy/')).toBe(false);
    expect(isPrevented(name, 'app://cryptopiggy/#runs')).toBe(false);
    for (const url of [
      'https://evil.example/',
      'app://cryptopiggy.evil.example/',
      'app://evil/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'not a url',
      '',
    ]) {
      expect([url, isPrevented(name, url)]).toEqual([url, true]);
    }
  });

  it('cannot embed another page', () => {
    expect(guarded().isPrevented('will-attach-webview', 'app://cryptopiggy/')).toBe(true);
  });

  it('never gets a new window; a known link opens in the browser instead', () => {
    const { openWindow, opened } = guarded();
    const link = 'https://www.tradingview.com/';
    for (const url of [link, 'https://evil.example/', 'app://cryptopiggy/', 'file:///etc/passwd']) {
      expect(openWindow(url)).toBe('deny');
    }
    expect(opened).toEqual([link]);
  });
});

describe('links that may leave the app', () => {
  it.each([
    'http://www.tradingview.com/',
    'https://www.tradingview.com.evil.example/',
    'https://www.tradingview.com@evil.example/',
    'https://user@www.tradingview.com/',
    'https://www.tradingview.com:8443/',
    'https://evil.example/?www.tradingview.com',
    'javascript:alert(1)',
    'www.tradingview.com',
  ])('not %s', (url) => {
    expect(isAllowedExternalLink(url)).toBe(false);
  });
});

describe('our own address', () => {
  it('is scheme and host, exactly', () => {
    expect(isAppUrl('app://cryptopiggy/assets/index.js')).toBe(true);
    expect(isAppUrl('APP://cryptopiggy/')).toBe(true);
    expect(isAppUrl('app://cryptopiggy:1/')).toBe(false);
    expect(isAppUrl('app://x@cryptopiggy.example/')).toBe(false);
    expect(isAppUrl('https://cryptopiggy/')).toBe(false);
  });
});

describe('permissions', () => {
  it('are refused, whatever is asked for and however', () => {
    const answers: boolean[] = [];
    denyPermissions({
      setPermissionRequestHandler: (handler) =>
        handler({}, 'media', (granted) => answers.push(granted)),
      setPermissionCheckHandler: (handler) => answers.push(handler()),
      setDevicePermissionHandler: (handler) => answers.push(handler()),
    });
    expect(answers).toEqual([false, false, false]);
  });
});
