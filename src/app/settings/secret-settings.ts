/** What the log must never write down, wherever a person has set it, also beside a setting that is wrong. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretsOf } from '../logs/secret-settings.ts';
import { SETTINGS_FILE } from './app-settings.ts';

/** @returns secrets of the environment and of the settings file; of the environment alone where there is no file */
export async function secretSettings(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  return [...secretsOf(environment), ...secretsIn(await textOf(join(dataDir, SETTINGS_FILE)))];
}

/** Of what is no JSON, every text in quotes may be one. */
function secretsIn(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? secretsOf({ ...parsed }) : [];
  } catch {
    return [...text.matchAll(/"([^"\n]{8,})"/g)].map(([, quoted = '']) => quoted);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    // Without a file there is no secret in it; one that cannot be read ends the start with a sentence of its own.
    return '';
  }
}
