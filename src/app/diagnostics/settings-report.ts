/** Which settings are in force, without the value of any that is private. */

import { readSettings, type AppSettings } from '../settings/app-settings.ts';
import { secretsOf } from '../logs/secret-settings.ts';

export interface SettingsReport {
  readonly report: Readonly<Record<string, unknown>>;
  /** To be taken out of everything else. */
  readonly secrets: readonly string[];
}

/** The only ones whose values say nothing of a person. */
const OPEN: ReadonlySet<string> = new Set([
  'ALLOW_LIVE',
  'AUTO_UPDATE',
  'EXCHANGE',
] satisfies (keyof AppSettings)[]);

export async function settingsReport(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SettingsReport> {
  const fromEnvironment = secretsOf(environment);
  try {
    const read = await readSettings(dataDir, environment);
    if (!read.ok) return { report: { problem: read.error.sentence }, secrets: fromEnvironment };
    const report = Object.fromEntries(
      Object.entries(read.value).map(([name, value]) => [name, shown(name, value)]),
    );
    const everything = [...fromEnvironment, ...secretsOf(read.value)];
    return { report, secrets: everything };
  } catch (error) {
    return { report: { problem: String(error) }, secrets: fromEnvironment };
  }
}

function shown(name: string, value: unknown): unknown {
  if (OPEN.has(name)) return value;
  return value === null ? 'not set' : 'set';
}
