import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { openUpdates, type OwnCopy } from './open-updates.ts';
import { DialogStandIn, TradingStandIn } from './testing/desktop.ts';
import { LOOK_EVERY_MS } from './updates.ts';

/** A copy that updates itself, but for what a test takes away; and whether it ever looks. */
async function copy(change: Partial<OwnCopy>) {
  const resources = await temporaryFolder();
  await writeFile(join(resources, 'app-update.yml'), 'provider: github\n');
  const clock = new LiveClock(0);
  const logged: string[] = [];
  let looks = 0;
  const own = {
    isPackaged: true,
    isWanted: true,
    platform: 'linux',
    environment: { APPIMAGE: '/home/rosa/CryptoPiggy.AppImage' },
    resources,
    ...change,
  } as const;
  const updates = openUpdates(own, {
    openLibrary: () => Promise.reject(new Error(`look ${(looks += 1)}`)),
    glance: () => new TradingStandIn().glance,
    clock: clock.run(),
    dialog: new DialogStandIn(),
    notify: () => {},
    quit: () => {},
    relaunch: () => {},
    log: (sentence) => void logged.push(sentence),
  });
  await clock.advance(LOOK_EVERY_MS);
  return { isOn: updates !== null, looks, told: logged[0] };
}

describe('a copy of the app', () => {
  it.each([
    {},
    { platform: 'windows', environment: {} },
    { platform: 'macos', environment: {} },
  ] as const)('updates itself, and says so (%o)', async (change) => {
    expect(await copy(change)).toEqual({
      isOn: true,
      looks: 1,
      told: 'CryptoPiggy looks for a new version twice a day, downloads it while nothing is open, and asks before it restarts. AUTO_UPDATE=0 ends that.',
    });
  });

  it.each([
    ['was switched off', { isWanted: false }],
    ['runs from the sources', { isPackaged: false }],
    ['belongs to a package manager', { environment: {} }],
    ['knows no release page', { resources: '/nowhere' }],
  ] as const)('that %s never looks, and says nothing', async (_why, change) => {
    expect(await copy(change)).toEqual({ isOn: false, looks: 0 });
  });
});
