/** What the tray shows of an account, and what can be done there. */

import type { MenuItemConstructorOptions } from 'electron';
import type { Glance } from '../app/controls.ts';
import { STOP_SHORTCUT } from './stop-shortcut.ts';

export interface TrayActions {
  readonly pauseBots: () => void;
  readonly resumeBots: () => void;
  readonly stop: () => void;
  readonly stopAndSell: () => void;
  readonly openWindow: () => void;
  readonly openCompact: () => void;
  readonly quit: () => void;
}

const MODES = {
  paper: 'Paper trading',
  live: 'Live trading, with real money',
  halted: 'Halted by the emergency stop',
} as const satisfies Record<Glance['mode'], string>;

const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const signedUsd = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  signDisplay: 'exceptZero',
});

/** For the pointer that rests on the icon: one short line, as Windows cuts it at 127 characters. */
export function trayToolTip(glance: Glance): string {
  return ['CryptoPiggy', ...lines(glance)].join(' · ');
}

/** @param shortcutProblem - Why the shortcut for the stop does not work; `null` where it does. */
export function trayMenu(
  glance: Glance,
  actions: TrayActions,
  shortcutProblem: string | null,
): MenuItemConstructorOptions[] {
  return [
    ...lines(glance).map(line),
    { type: 'separator' },
    { label: 'Pause bots', enabled: glance.areBotsRunning, click: actions.pauseBots },
    { label: 'Resume bots', enabled: glance.areBotsPaused, click: actions.resumeBots },
    { type: 'separator' },
    {
      label: 'Emergency stop',
      click: actions.stop,
      // Shown only: the shortcut itself is the whole system's, and works without this menu.
      ...(shortcutProblem === null && { accelerator: STOP_SHORTCUT, registerAccelerator: false }),
    },
    { label: 'Emergency stop and sell everything…', click: actions.stopAndSell },
    ...(shortcutProblem === null ? [] : [line(shortcutProblem)]),
    { type: 'separator' },
    { label: 'Open window', click: actions.openWindow },
    { label: 'Compact window', click: actions.openCompact },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}

function lines(glance: Glance): readonly string[] {
  return [MODES[glance.mode], ...open(glance), ...figures(glance)];
}

/** What has to be known first: what is open with real money, and a stop of which something is still to do. */
function open({ exposure, isStopOpen }: Glance): readonly string[] {
  return [
    ...(exposure === null ? [] : [exposure]),
    ...(isStopOpen ? ['Stop not carried out yet'] : []),
  ];
}

function figures({ equity, pnlToday, exposure }: Glance): readonly string[] {
  // Nothing is known of its worth, which is not the same as that there is none.
  if (equity === null) return exposure === null ? ['No account yet'] : [];
  const worth = `Equity ${usd.format(equity)}`;
  return pnlToday === null ? [worth] : [worth, `Today ${signedUsd.format(pnlToday)}`];
}

/** Something to read, not to choose. */
function line(label: string): MenuItemConstructorOptions {
  return { label, enabled: false };
}
