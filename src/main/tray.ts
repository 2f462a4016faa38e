/** The icon in the system's tray: the mode at a glance, and the stop, with or without a window. */

import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { Glance } from '../app/controls.ts';
import type { Platform } from '../app/data-dir.ts';
import type { GlanceWatch } from './glance-watch.ts';
import { trayMenu, trayToolTip, type TrayActions } from './tray-menu.ts';

/** What is used of Electron's `Tray`. */
export interface TrayIcon<Menu> {
  setImage(path: string): void;
  setToolTip(text: string): void;
  setContextMenu(menu: Menu): void;
  on(event: 'click', listener: () => void): unknown;
  destroy(): void;
}

export interface TrayParts<Menu> {
  readonly createTray: (imagePath: string) => TrayIcon<Menu>;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  /** The folder with the tray's images, absolute. */
  readonly images: string;
  readonly platform: Platform;
  readonly watch: GlanceWatch;
  readonly actions: TrayActions;
  readonly shortcutProblem: string | null;
  readonly log: (sentence: string) => void;
}

export interface ShownTray {
  close(): void;
}

/** @returns `null` where the system has none; the reason is in the log. */
export function showTray<Menu>(parts: TrayParts<Menu>): ShownTray | null {
  const first = parts.watch.now();
  try {
    const icon = parts.createTray(imageOf(parts, first));
    const draw = drawOn(icon, parts);
    draw(first);
    // Elsewhere a click opens the menu.
    if (parts.platform === 'windows') icon.on('click', parts.actions.openWindow);
    const end = parts.watch.onLook(draw);
    return {
      close() {
        end();
        icon.destroy();
      },
    };
  } catch (error) {
    parts.log(`There is no tray icon: closing the last window quits. ${String(error)}`);
    return null;
  }
}

/** Draws only what has changed: setting a menu closes the one that is open on some systems. */
function drawOn<Menu>(icon: TrayIcon<Menu>, parts: TrayParts<Menu>): (glance: Glance) => void {
  let shown = '';
  return (glance) => {
    const template = trayMenu(glance, parts.actions, parts.shortcutProblem);
    const wanted = JSON.stringify([glance.mode, template]);
    if (wanted === shown) return;
    shown = wanted;
    icon.setImage(imageOf(parts, glance));
    icon.setToolTip(trayToolTip(glance));
    icon.setContextMenu(parts.buildMenu(template));
  };
}

/** On macOS the system colours it to fit the menu bar; it knows such an image by its name. */
function imageOf(
  { images, platform }: Pick<TrayParts<unknown>, 'images' | 'platform'>,
  { mode }: Glance,
): string {
  return join(images, platform === 'macos' ? `${mode}Template.png` : `${mode}.png`);
}
