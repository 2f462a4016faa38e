/** What the log must never write down, wherever a person has set it. */

import { secretsOf } from '../logs/secret-settings.ts';
import { readSettings } from './app-settings.ts';

/**
 * @returns secrets of the environment and of the settings file. Where settings cannot be read, those of the environment:
 *   the start that follows says what is wrong, without a value
 */
export async function secretSettings(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const read = await readSettings(dataDir, environment);
  return [...secretsOf(environment), ...(read.ok ? secretsOf(read.value) : [])];
}
