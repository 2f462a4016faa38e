/** What a person sends with a question: one readable file about app, system, profile and log, without a secret in it. */

import { readFileSync } from 'node:fs';
import { statfs, readdir, stat } from 'node:fs/promises';
import { arch, cpus, freemem, homedir, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { AppLog } from '../logs/app-log.ts';
import { secretSettings } from '../settings/secret-settings.ts';
import { profileReport } from './profile-report.ts';
import { settingsReport } from './settings-report.ts';
import { withoutPrivate } from './without-private.ts';

export interface DiagnosticsParts {
  /** Absolute; may be missing, and in use by an app that runs. */
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'command line';
  /** ms UTC. */
  readonly now: () => number;
  /** Knows the secrets that were told so far. */
  readonly log: Pick<AppLog, 'last' | 'clean' | 'redact'>;
}

/** Lines of the log that go along. */
const LOG_LINES = 500;

/** @returns JSON. Never rejects over what a profile is like: whatever cannot be read is in it as a sentence. */
export async function collectDiagnostics(parts: DiagnosticsParts): Promise<string> {
  const { dataDir, environment, version, shell, now, log } = parts;
  log.redact(await secretSettings(dataDir, environment));
  const report = {
    format: 'cryptopiggy-diagnostics 1',
    madeAt: new Date(now()).toISOString(),
    app: { version, shell, uptimeS: Math.round(process.uptime()), ...programs() },
    system: systemReport(),
    dataFolder: await folderReport(dataDir),
    settings: await settingsReport(dataDir, environment),
    profile: await profileReport(dataDir),
    log: log.last(LOG_LINES),
  };
  return `${JSON.stringify(withoutPrivate(report, { clean: log.clean, home: homedir() }), null, 2)}\n`;
}

function programs(): Readonly<Record<string, string | undefined>> {
  const { node, electron, chrome, v8 } = process.versions;
  return { node, electron, chrome, v8 };
}

function systemReport(): Readonly<Record<string, unknown>> {
  return {
    system: `${type()} ${release()} ${arch()}`,
    distribution: distribution(),
    processors: cpus().length,
    memoryMb: Math.round(totalmem() / 1e6),
    freeMemoryMb: Math.round(freemem() / 1e6),
    // Everything here is in UTC; a person's own zone tells what they mean by "today".
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** As Linux names itself; `null` elsewhere. */
function distribution(): string | null {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null;
  } catch {
    // No other system has the file.
    return null;
  }
}

/** What lies in the folder, and how much room there is. */
async function folderReport(dataDir: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const names = await readdir(dataDir);
    const sizes = await Promise.all(
      names.toSorted().map(async (name) => {
        const { size, mode } = await stat(join(dataDir, name));
        return { name, bytes: size, mode: (mode & 0o777).toString(8) };
      }),
    );
    return { path: dataDir, freeMb: Math.round((bavail * bsize) / 1e6), files: sizes };
  } catch (error) {
    return { path: dataDir, problem: String(error) };
  }
}
