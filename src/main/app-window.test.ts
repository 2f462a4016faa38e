import { describe, expect, it } from 'vitest';
import { APP_PAGE_URL, COMPACT_PAGE_URL } from './app-url.ts';
import { createAppWindow } from './app-window.ts';
import { BrowserWindowStandIn, settled } from './testing/desktop.ts';
import { compactWindowOptions, windowOptions } from './window-options.ts';
import type { Placement } from './window-placement.ts';
import { limitRecovery } from './window-recovery.ts';

const MINUTE = 60_000;
const PRELOAD = '/app/preload.cjs';

interface Desktop {
  readonly isCompact?: boolean;
  readonly placement?: Placement | null;
  readonly load?: () => Promise<void>;
}

/** A desktop on which windows open. */
function desktop({ isCompact = false, placement = null, load }: Desktop = {}) {
  const windows: BrowserWindowStandIn[] = [];
  const followed: unknown[] = [];
  const logged: string[] = [];
  const asked: string[] = [];
  const answers: boolean[] = [];
  let now = 0;
  const ask = (about: string): Promise<boolean> => {
    asked.push(about);
    return Promise.resolve(answers.shift() ?? false);
  };
  const appWindow = createAppWindow({
    createWindow(options) {
      const standIn = new BrowserWindowStandIn(options, windows.length + 1);
      if (load !== undefined) standIn.load = load;
      windows.push(standIn);
      return standIn.window;
    },
    options: isCompact ? compactWindowOptions(PRELOAD) : windowOptions(PRELOAD),
    url: isCompact ? COMPACT_PAGE_URL : APP_PAGE_URL,
    state: { read: () => placement, follow: (window) => followed.push(window) },
    workAreas: () => [{ x: 0, y: 0, width: 1_920, height: 1_040 }],
    recovery: limitRecovery(() => now),
    questions: {
      whileHanging: () => ask('hangs'),
      afterCrashes: () => ask('crashes'),
    },
    onSessionEnd: () => asked.push('session ends'),
    log: (sentence) => logged.push(sentence),
  });
  const last = (): BrowserWindowStandIn => {
    const window = windows.at(-1);
    if (window === undefined) throw new Error('No window is open.');
    return window;
  };
  return {
    appWindow,
    windows,
    followed,
    logged,
    last,
    pass: (ms: number) => (now += ms),
    asked,
    answers,
    open: () => windows.filter(({ isOpen }) => isOpen).length,
  };
}

describe('the window', () => {
  it('is watched before it loads its page, and shown once it has drawn itself', () => {
    const { appWindow, last } = desktop();
    appWindow.open();
    expect(last().happened).toEqual(['watches render-process-gone', 'loads app://cryptopiggy/']);
    last().says('ready-to-show');
    expect(last().happened.at(-1)).toBe('shown');
  });

  it('is shown although its page cannot be loaded, so that it can be closed', async () => {
    const { appWindow, logged, last } = desktop({ load: () => Promise.reject(new Error('gone')) });
    appWindow.open();
    await settled();
    expect(last().happened.at(-1)).toBe('shown');
    expect(logged).toEqual(['The window could not load its page. Error: gone']);
  });

  it('is left alone when it is closed while it loads', async () => {
    const { appWindow, last } = desktop({ load: () => Promise.reject(new Error('aborted')) });
    appWindow.open();
    last().close();
    await settled();
    expect(last().happened).not.toContain('shown');
  });

  it('is brought to the front when it is open already', () => {
    const { appWindow, windows, last } = desktop();
    appWindow.open();
    last().happened.length = 0;
    appWindow.open();
    expect(windows.length).toBe(1);
    expect(last().happened).toEqual(['restored', 'shown', 'focused']);
  });

  it('is ours while it is open', () => {
    const { appWindow, last } = desktop();
    expect(appWindow.isOurs(1)).toBe(false);
    appWindow.open();
    expect([appWindow.isOurs(1), appWindow.isOurs(2)]).toEqual([true, false]);
    last().close();
    expect(appWindow.isOurs(1)).toBe(false);
    appWindow.open();
    expect(appWindow.isOurs(2)).toBe(true);
  });

  it('opens where it was, as it was', () => {
    const bounds = { x: 300, y: 200, width: 1_100, height: 700 };
    const { appWindow, followed, last } = desktop({ placement: { bounds, isMaximised: true } });
    appWindow.open();
    expect(last().options).toMatchObject(bounds);
    expect(followed).toEqual([last().window]);
    last().says('ready-to-show');
    expect(last().happened.slice(-2)).toEqual(['maximised', 'shown']);
  });
});

describe('the compact window', () => {
  it('is the same page, with the same rights, small and on top', () => {
    const { appWindow, last } = desktop({ isCompact: true });
    appWindow.open();
    const { webPreferences, ...options } = last().options;
    expect(webPreferences).toEqual(windowOptions(PRELOAD).webPreferences);
    expect(options).toMatchObject({ alwaysOnTop: true, width: 360, height: 520 });
    expect(last().happened.at(-1)).toBe('loads app://cryptopiggy/#compact');
  });
});

describe('the end of the session', () => {
  it('is told, since Windows tells windows alone', () => {
    const { appWindow, last, asked } = desktop();
    appWindow.open();
    last().says('session-end');
    expect(asked).toEqual(['session ends']);
  });
});

describe('a window whose page fails', () => {
  it('because it crashes is opened anew, and the reason is written down', () => {
    const { appWindow, windows, logged, open } = desktop();
    appWindow.open();
    windows[0]?.crashes('oom');
    expect([windows.length, open()]).toEqual([2, 1]);
    expect([appWindow.isOurs(1), appWindow.isOurs(2)]).toEqual([false, true]);
    expect(windows[1]?.happened.at(-1)).toBe('loads app://cryptopiggy/');
    expect(logged).toEqual([
      'The window crashed (oom, exit code 5); it is opened anew. Trading goes on.',
    ]);
  });

  it('because it hangs is opened anew if a person wants it, who is asked once', async () => {
    const { appWindow, windows, answers, asked, open } = desktop();
    appWindow.open();
    windows[0]?.says('unresponsive');
    windows[0]?.says('unresponsive');
    await settled();
    expect([asked, windows.length]).toEqual([['hangs'], 1]);
    answers.push(true);
    windows[0]?.says('unresponsive');
    await settled();
    expect([asked, windows.length, open()]).toEqual([['hangs', 'hangs'], 2, 1]);
  });

  it('and is closed while the question is open stays closed', async () => {
    const { appWindow, windows, answers, last } = desktop();
    answers.push(true);
    appWindow.open();
    last().says('unresponsive');
    last().close();
    await settled();
    expect(windows.length).toBe(1);
  });

  it('is never without a window in between, which would end the app where there is no tray', () => {
    const { appWindow, windows, last, open } = desktop();
    appWindow.open();
    let fewest = Number.POSITIVE_INFINITY;
    last().window.on('closed', () => {
      fewest = Math.min(fewest, open());
    });
    last().crashes();
    expect([fewest, windows.length]).toEqual([1, 2]);
  });

  it('again and again is left alone until somebody opens it', async () => {
    const { appWindow, windows, logged, last, open, asked } = desktop();
    appWindow.open();
    for (let times = 0; times < 4; times += 1) last().crashes();
    last().says('unresponsive');
    await settled();
    expect([windows.length, open(), asked]).toEqual([4, 1, ['crashes']]);
    expect(logged.at(-1)).toBe(
      'The window crashed (crashed, exit code 5), too often to be opened anew by itself. Trading goes on.',
    );
    appWindow.open();
    expect([windows.length, open()]).toEqual([5, 1]);
  });

  it('again and again is opened anew for who says so', async () => {
    const { appWindow, windows, answers, last, open } = desktop();
    answers.push(true);
    appWindow.open();
    for (let times = 0; times < 4; times += 1) last().crashes();
    await settled();
    expect([windows.length, open(), appWindow.isOurs(5)]).toEqual([5, 1, true]);
  });

  it('is opened anew again five minutes later', () => {
    const { appWindow, windows, last, pass } = desktop();
    appWindow.open();
    for (let times = 0; times < 10; times += 1) {
      pass(2 * MINUTE);
      last().crashes();
    }
    expect(windows.length).toBe(11);
  });

  it('that was closed on purpose stays closed', () => {
    const { appWindow, windows, last } = desktop();
    appWindow.open();
    last().crashes('clean-exit');
    last().close();
    last().says('unresponsive');
    expect(windows.length).toBe(1);
  });
});
