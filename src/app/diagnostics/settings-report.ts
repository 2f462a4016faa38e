/** Which settings are in force, without the value of any that is private. */

import { readSettings, type AppSettings } from '../settings/app-settings.ts';

/** The only ones whose values say nothing of a person. */
const OPEN: ReadonlySet<string> = new Set([
  'ALLOW_LIVE',
  'AUTO_UPDATE',
  'EXCHANGE',
] satisfies (keyof AppSettings)[]);

export async function settingsReport(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const read = await readSettings(dataDir, environment);
    if (!read.ok) return { problem: read.error.sentence };
    return Object.fromEntries(
      Object.entries(read.value).map(([name, value]) => [name, shown(name, value)]),
    );
  } catch (error) {
    return { problem: String(error) };
  }
}

function shown(name: string, value: unknown): unknown {
  if (OPEN.has(name)) return value;
  return value === null ? 'not set' : 'set';
}
