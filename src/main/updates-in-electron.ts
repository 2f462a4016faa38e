/** Updates with everything that Electron has for them: what main.ts opens once trading is open. */

import type { AppControls } from '../app/controls.ts';
import type { Platform } from '../app/data-dir.ts';
import { readSettings } from '../app/settings/app-settings.ts';
import type { Clock } from '../app/trading/clock.ts';
import type { Notify } from './notify.ts';
import { openUpdates } from './open-updates.ts';
import type { MessageDialog } from './stop-action.ts';
import { openUpdateLibrary, type UpdatedApp } from './update-library.ts';
import type { Updates } from './updates.ts';

/** What is used of Electron's `App`. */
interface RestartingApp extends UpdatedApp {
  readonly isPackaged: boolean;
  quit(): void;
  relaunch(options?: { readonly execPath: string }): void;
}

export interface UpdatesInElectron {
  readonly app: RestartingApp;
  /** The folder beside the program, absolute: `process.resourcesPath`. */
  readonly resources: string;
  readonly platform: Platform;
  /** Absolute; where `settings.json` may be. */
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly controls: Pick<AppControls, 'glance'>;
  readonly dialog: MessageDialog;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: (sentence: string) => void;
}

/** @returns `null` where this copy does not update itself */
export async function updatesInElectron(parts: UpdatesInElectron): Promise<Updates | null> {
  const { app, platform, environment, resources, controls, wait } = parts;
  const settings = await readSettings(parts.dataDir, environment);
  const isWanted = settings.ok && settings.value.AUTO_UPDATE;
  return openUpdates(
    { isPackaged: app.isPackaged, isWanted, platform, environment, resources },
    {
      ...parts,
      openLibrary: () => openUpdateLibrary({ platform, app, wait }),
      glance: () => controls.glance(),
      quit: () => app.quit(),
      relaunch: () => relaunch(app, environment),
    },
  );
}

/** An AppImage runs from a folder that is gone when it ends: its file is what has to be started. */
function relaunch(app: RestartingApp, environment: UpdatesInElectron['environment']): void {
  const appImage = environment['APPIMAGE'];
  if (appImage) app.relaunch({ execPath: appImage });
  else app.relaunch();
}
