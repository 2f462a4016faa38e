/** The emergency stop where no CryptoPiggy answers: written to disk at once, then carried out from here if it can be. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app/app.ts';
import { openStopDisk } from '../app/stop/stop-disk.ts';
import { openStops } from '../app/stop/open-stops.ts';
import { reportOf, type StopReport } from '../app/stop/stop-report.ts';
import { takeProfileLock } from '../app/storage/profile-lock.ts';
import { openLog, startApp } from './start-app.ts';

/** How long the exchanges may take, ms. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 500;

export interface OfflineStop {
  /** What has come of it; `null` where nobody could carry it out. */
  readonly report: StopReport | null;
  /** Why it is not carried out from here, as a sentence. */
  readonly sentence: string | null;
}

/** @returns `null` where there is no profile: nothing was ever traded there */
export async function stopOffline(dataDir: string, flatten: boolean): Promise<OfflineStop | null> {
  if (!hasProfile(dataDir)) return null;
  const stops = openStops(dataDir, Date.now, (error) => note(error));
  stops.press(flatten);
  if (stops.trouble !== null) note(stops.trouble);
  if (isInUse(dataDir)) {
    const sentence =
      'The stop is written to disk and NOT carried out yet: a CryptoPiggy has this data open and does not answer. It obeys as soon as it goes on; if it never does, end it and give this command again.';
    return { report: null, sentence };
  }
  try {
    return { report: await carriedOutHere(dataDir, flatten), sentence: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `The stop is written to disk and NOT carried out yet: ${reason}`;
    return { report: null, sentence };
  }
}

/** What the disk says of a stop, where nobody else can be asked; `null` where none is in force. */
export function stopOnDisk(dataDir: string): StopReport | null {
  const order = hasProfile(dataDir) ? openStopDisk(dataDir).read() : null;
  return order === null ? null : reportOf(order, order.places, null, unlisted(order.places.length));
}

/** Nothing has been told of any place since it was pressed. */
function unlisted(places: number): string | null {
  return places > 0 ? null : 'It has not been carried out anywhere since it was pressed.';
}

function hasProfile(dataDir: string): boolean {
  return existsSync(join(dataDir, 'cryptopiggy.sqlite'));
}

function isInUse(dataDir: string): boolean {
  const release = takeProfileLock(join(dataDir, 'profile.lock'));
  release?.();
  return release === null;
}

async function carriedOutHere(dataDir: string, flatten: boolean): Promise<StopReport> {
  const log = await openLog(dataDir);
  const app = await startApp(dataDir, log);
  try {
    const report = await app.controls.stop(flatten);
    return report.state === 'not-yet' ? await untilDone(app, report) : report;
  } finally {
    await app.close();
  }
}

async function untilDone(app: App, first: StopReport): Promise<StopReport> {
  let report = first;
  const end = Date.now() + PATIENCE_MS;
  while (report.state === 'not-yet' && Date.now() < end) {
    await wait(LOOK_EVERY_MS);
    report = app.controls.stopReport() ?? report;
  }
  return report;
}

function note(what: unknown): void {
  process.stderr.write(`${what instanceof Error ? what.message : String(what)}\n`);
}
