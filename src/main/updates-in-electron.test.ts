import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS_FILE } from '../app/settings/app-settings.ts';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { DialogStandIn, TradingStandIn } from './testing/desktop.ts';
import { updatesInElectron } from './updates-in-electron.ts';

/** An installed copy as main.ts opens it. */
async function installed(environment: Readonly<Record<string, string>>, settings = '{}') {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'app-update.yml'), 'provider: github\n');
  await writeFile(join(folder, SETTINGS_FILE), settings);
  return updatesInElectron({
    app: {
      isPackaged: true,
      once: () => {},
      releaseSingleInstanceLock: () => {},
      quit: () => {},
      relaunch: () => {},
    },
    resources: folder,
    platform: 'linux',
    dataDir: folder,
    environment,
    controls: new TradingStandIn().controls,
    dialog: new DialogStandIn(),
    notify: () => {},
    clock: new LiveClock(0).run(),
    wait: () => Promise.resolve(),
    log: () => {},
  });
}

const APP_IMAGE = { APPIMAGE: '/home/rosa/CryptoPiggy.AppImage' };

describe('updates in Electron', () => {
  it('are on where nothing is set', async () => {
    expect(await installed(APP_IMAGE)).not.toBeNull();
  });

  it('are off where a person has switched them off', async () => {
    const byFile = await installed(APP_IMAGE, '{ "AUTO_UPDATE": "0" }');
    const byEnvironment = await installed({ ...APP_IMAGE, AUTO_UPDATE: '0' });
    expect([byFile, byEnvironment]).toEqual([null, null]);
  });

  it('are off where the settings cannot be read', async () => {
    expect(await installed(APP_IMAGE, '{ "AUTO_UPDATE": "perhaps" }')).toBeNull();
  });
});
