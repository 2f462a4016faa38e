/** electron-updater, with all of it off that installs by itself, trusts plain http, or counts who asks. */

import type { AppUpdater } from 'electron-updater';
import type { Platform } from '../app/data-dir.ts';
import type { UpdateLibrary } from './updates.ts';

/** ms that the system's installer may take until it lets the app end; on a Mac it unpacks the download first. */
const INSTALL_PATIENCE_MS = 60_000;

/** What is used of Electron's `App`. */
export interface UpdatedApp {
  once(event: 'before-quit', listener: () => void): unknown;
  releaseSingleInstanceLock(): void;
}

export interface UpdateLibraryParts {
  readonly platform: Platform;
  readonly app: UpdatedApp;
  /** Resolves after this many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * What is left on is what proves the download: the SHA-512 that was published with the version, and on Windows and
 * macOS that the same publisher signed it, where this app is signed.
 */
export async function openUpdateLibrary(parts: UpdateLibraryParts): Promise<UpdateLibrary> {
  const updater = await createUpdater(parts.platform);
  // It writes whole file lists; what matters is in what it rejects with.
  updater.logger = null;
  // Whether to download now is ours to decide, and one caller gets every failure.
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  // Such an installer would fetch the program itself, past the checks.
  updater.disableWebInstaller = true;
  // Else it sends a number with every question by which a computer can be known again.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  allowOnlyHttps(updater);
  return {
    async check() {
      const found = await updater.checkForUpdates();
      if (found === null) throw new Error('This copy of the app cannot be updated.');
      return found.isUpdateAvailable ? found.updateInfo.version : null;
    },
    async download() {
      await updater.downloadUpdate();
    },
    install: (restart) => install(updater, restart, parts),
  };
}

/**
 * One for what each system's installer makes. On Linux that is the AppImage alone: the library would install a deb as
 * root, and nothing but its own checksum would vouch for it.
 */
async function createUpdater(platform: Platform): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  switch (platform) {
    case 'windows':
      return new NsisUpdater();
    case 'macos':
      return new MacUpdater();
    case 'linux':
    case 'other':
      return new AppImageUpdater();
  }
}

/** Also where a published list or a redirect names another address. The session is the library's own. */
function allowOnlyHttps({ netSession }: AppUpdater): void {
  netSession.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !url.startsWith('https://') });
  });
}

/** The library quits the app when its installer is under way; that is the sign to end. */
async function install(
  updater: AppUpdater,
  restart: boolean,
  { app, wait }: UpdateLibraryParts,
): Promise<void> {
  const { promise: isUnderWay, resolve, reject } = Promise.withResolvers<void>();
  updater.once('error', reject);
  app.once('before-quit', () => resolve());
  updater.autoRunAppAfterInstall = restart;
  // The new version may start before this one is gone, and must not take itself for a second one.
  app.releaseSingleInstanceLock();
  updater.quitAndInstall(true, restart);
  const patience = wait(INSTALL_PATIENCE_MS).then(() => {
    throw new Error(`The installer did not begin within ${INSTALL_PATIENCE_MS / 1_000} s.`);
  });
  await Promise.race([isUnderWay, patience]);
}
