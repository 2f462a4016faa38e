/** Shows the folder with the logs in the system's own file manager. */

import { mkdir } from 'node:fs/promises';
import type { Notify } from './notify.ts';

/** @param openPath - Electron's: resolves to why it failed, or to an empty text. */
export async function openLogs(
  folder: string,
  openPath: (path: string) => Promise<string>,
  notify: Notify,
): Promise<void> {
  const problem = await open(folder, openPath);
  if (problem !== '') notify('The logs folder could not be opened', `It is ${folder}. ${problem}`);
}

/** Nothing is in the folder, and it is not there, before the first line. */
async function open(folder: string, openPath: (path: string) => Promise<string>): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await openPath(folder);
  } catch (error) {
    return String(error);
  }
}
