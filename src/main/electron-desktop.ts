/** Electron's own tray, menus, shortcuts, displays and notifications, as the shell asks for them. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dialog, globalShortcut, Menu, Notification, screen, Tray } from 'electron';
import { childEnvironment } from '../app/child-environment.ts';
import type { DesktopSystem } from './desktop.ts';
import type { NotificationParts } from './notify.ts';
import { showsTrayIcons } from './tray-host.ts';
import type { Rectangle } from './window-placement.ts';

/** ms that another program may take to answer. */
const PATIENCE_MS = 3_000;

export const electronDesktop: DesktopSystem<Menu> = {
  dialog,
  globalShortcut,
  createTray: (image) => new Tray(image),
  buildMenu: (template) => Menu.buildFromTemplate(template),
  setMenu: (menu) => Menu.setApplicationMenu(menu),
};

export const electronNotifications: Omit<NotificationParts, 'log'> = {
  isSupported: () => Notification.isSupported(),
  createNotification: (options) => new Notification(options),
};

/** Of the displays that are there now, the main one first. */
export function workAreas(): readonly Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/** On a Linux desktop, as it is now. */
export function linuxShowsTray(): Promise<boolean> {
  return showsTrayIcons(async (program, args) => {
    const env = childEnvironment(process.env);
    const { stdout } = await promisify(execFile)(program, args, { timeout: PATIENCE_MS, env });
    return stdout;
  });
}
