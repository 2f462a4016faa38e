import { describe, expect, it } from 'vitest';
import { rethrow } from '../app/testing/rethrow.ts';
import type { Glance } from '../app/controls.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import type { Platform } from '../app/data-dir.ts';
import { watchGlance } from './glance-watch.ts';
import { createStopAction } from './stop-action.ts';
import {
  NOTHING_OPEN,
  DialogStandIn,
  settled,
  TradingStandIn,
  TrayStandIn,
} from './testing/desktop.ts';
import { showTray } from './tray.ts';

interface Desk {
  readonly platform?: Platform;
  readonly shortcutProblem?: string | null;
  readonly glance?: Partial<Glance>;
}

/** The tray over trading, with no window anywhere. */
function desk({ platform = 'linux', shortcutProblem = null, glance = {} }: Desk = {}) {
  const trading = new TradingStandIn();
  trading.becomes(glance);
  const tray = new TrayStandIn();
  const dialog = new DialogStandIn();
  const clock = new LiveClock(0);
  const told: string[] = [];
  const logged: string[] = [];
  const { controls } = trading;
  const notify = (title: string, sentence: string) => void told.push(`${title}: ${sentence}`);
  const watch = watchGlance({ controls, clock: clock.run(), reportFault: rethrow });
  const show = (createTray = tray.createTray) =>
    showTray({
      createTray,
      buildMenu: tray.buildMenu,
      images: '/app/tray',
      platform,
      watch,
      actions: {
        ...createStopAction({ controls, dialog, notify }),
        pauseBots: controls.pauseBots,
        resumeBots: controls.resumeBots,
        openWindow: () => told.push('window'),
        openCompact: () => told.push('compact'),
        quit: () => told.push('quit'),
      },
      shortcutProblem,
      log: (sentence) => logged.push(sentence),
    });
  return { trading, tray, dialog, clock, told, logged, watch, show };
}

describe('the tray', () => {
  it('says first what is open with real money, also where no account is connected', () => {
    const exposure = 'Real money is open, NOT WATCHED, NOT GUARDED';
    const { tray, show } = desk({ glance: { equity: null, pnlToday: null, exposure } });
    show();
    expect(tray.toolTip).toBe(`CryptoPiggy · Paper trading · ${exposure}`);
    expect(tray.labels().slice(0, 2)).toEqual(['Paper trading', exposure]);
    expect(tray.labels()).not.toContain('No account yet');
    expect(tray.toolTip.length).toBeLessThanOrEqual(127);
  });

  it('says what a person has to know, and offers what they can do', () => {
    const { tray, show } = desk({ glance: { equity: 1_234.5, pnlToday: -3.2 } });
    show();
    expect(tray.image).toBe('/app/tray/paper.png');
    expect(tray.toolTip).toBe('CryptoPiggy · Paper trading · Equity $1,234.50 · Today -$3.20');
    expect(tray.labels()).toEqual([
      'Paper trading',
      'Equity $1,234.50',
      'Today -$3.20',
      'Pause bots',
      'Resume bots',
      'Emergency stop',
      'Emergency stop and sell everything…',
      'Open window',
      'Compact window',
      'Quit',
    ]);
  });

  it('says so where there is no account yet', () => {
    const { tray, show } = desk({ glance: { equity: null, pnlToday: null } });
    show();
    expect(tray.labels().slice(0, 2)).toEqual(['Paper trading', 'No account yet']);
  });

  it.each(['paper', 'live', 'halted'] as const)('has an image for %s', async (mode) => {
    const { trading, tray, clock, show } = desk();
    show();
    trading.becomes({ mode });
    await clock.advance(1_000);
    expect(tray.image).toBe(`/app/tray/${mode}.png`);
  });

  it('has images on a Mac that the system colours', () => {
    const { tray, show } = desk({ platform: 'macos' });
    show();
    expect(tray.image).toBe('/app/tray/paperTemplate.png');
  });

  it('pauses and resumes only where there is something to', async () => {
    const { trading, tray, clock, show } = desk({ glance: { areBotsRunning: true } });
    show();
    tray.choose('Pause bots');
    expect(() => tray.choose('Resume bots')).toThrow('greyed out');
    trading.becomes({ areBotsRunning: false, areBotsPaused: true });
    await clock.advance(1_000);
    tray.choose('Resume bots');
    expect(trading.asked).toEqual(['pause bots', 'resume bots']);
  });

  it('opens windows and quits', () => {
    const { tray, told, show } = desk({ platform: 'windows' });
    show();
    tray.click();
    tray.choose('Open window');
    tray.choose('Compact window');
    tray.choose('Quit');
    expect(told).toEqual(['window', 'window', 'compact', 'quit']);
  });

  it('says that the shortcut does not work', () => {
    const { tray, show } = desk({ shortcutProblem: 'The shortcut is taken.' });
    show();
    expect(tray.labels()).toContain('The shortcut is taken.');
    expect(() => tray.choose('The shortcut is taken.')).toThrow('greyed out');
  });

  it('draws at most once a second, however often prices come', async () => {
    const { trading, tray, clock, show } = desk();
    show();
    for (let equity = 1_001; equity <= 1_100; equity += 1) {
      trading.becomes({ equity });
      await clock.advance(50);
    }
    // 100 changes in 5 s: the first drawing, and looks at 0 to 5 s.
    expect(tray.menusBuilt).toBe(7);
    await clock.advance(1_000);
    expect(tray.labels()).toContain('Equity $1,100.00');
  });

  it('leaves an open menu alone while nothing has changed', async () => {
    const { trading, tray, clock, show } = desk();
    show();
    trading.becomes({ openOrders: 3 });
    await clock.advance(1_000);
    expect(tray.menusBuilt).toBe(1);
  });

  it('lets go of everything when it is closed', async () => {
    const { trading, tray, clock, watch, show } = desk();
    show()?.close();
    watch.close();
    trading.becomes({ mode: 'live' });
    await clock.advance(5_000);
    expect([tray.isGone, tray.image, trading.listening]).toEqual([true, '/app/tray/paper.png', 0]);
  });

  it('is done without where the system has none', () => {
    const { logged, show } = desk();
    const none = show(() => {
      throw new Error('no tray here');
    });
    expect(none).toBeNull();
    expect(logged).toEqual([
      'There is no tray icon: closing the last window quits. Error: no tray here',
    ]);
  });
});

describe('the emergency stop in the tray', () => {
  it('stops at once and says what it did', async () => {
    const { trading, tray, dialog, told, show } = desk();
    trading.answerStop = () =>
      Promise.resolve({ ...NOTHING_OPEN, cancelled: ['a', 'b', 'c'], notCancelled: ['d'] });
    show();
    tray.choose('Emergency stop');
    expect(trading.asked).toEqual(['stop']);
    await settled();
    expect(dialog.asked).toEqual([]);
    expect(told).toEqual([
      'Emergency stop: Stopped. 3 orders withdrawn. 1 order not withdrawn yet.',
    ]);
  });

  it('sells only after a confirmation, and asks once', async () => {
    const { trading, tray, dialog, told, show } = desk();
    show();
    tray.choose('Emergency stop and sell everything…');
    tray.choose('Emergency stop and sell everything…');
    await settled();
    expect([dialog.asked.length, trading.asked]).toEqual([1, []]);
    expect(dialog.asked[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
    dialog.answer = () => 'Stop and sell everything';
    trading.answerStop = () =>
      Promise.resolve({
        ...NOTHING_OPEN,
        flatten: true,
        sold: ['BTC/USDT'],
        notSold: ['ETH/USDT'],
      });
    tray.choose('Emergency stop and sell everything…');
    await settled();
    expect(trading.asked).toEqual(['stop and sell']);
    expect(told).toEqual(['Emergency stop: Stopped. Sold: BTC/USDT. Not sold yet: ETH/USDT.']);
  });

  it('can stop while the question about selling is still open', async () => {
    const { trading, tray, dialog, show } = desk();
    dialog.answer = () => new Promise(() => {});
    show();
    tray.choose('Emergency stop and sell everything…');
    tray.choose('Emergency stop');
    await settled();
    expect(trading.asked).toEqual(['stop']);
  });

  it('says so when it fails', async () => {
    const { trading, tray, told, show } = desk();
    trading.answerStop = () => Promise.reject(new Error('disk full'));
    show();
    tray.choose('Emergency stop');
    await settled();
    expect(told).toEqual(['The emergency stop failed: Look at the exchange now. (disk full)']);
  });
});
