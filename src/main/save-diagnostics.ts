/** Lets a person choose a file for the diagnostics, has it written, and says where it is. */

import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import type { Notify } from './notify.ts';

/** What is used of Electron's `dialog`. */
interface SaveDialog {
  showSaveDialog(
    options: SaveDialogOptions,
  ): Promise<{ readonly canceled: boolean; readonly filePath: string }>;
}

export interface SaveDiagnosticsParts {
  readonly dialog: SaveDialog;
  /** Where the dialog begins, absolute. */
  readonly folder: string;
  /** ms UTC. */
  readonly now: () => number;
  /** @param path - Absolute. Rejects with a sentence when it cannot be written. */
  readonly write: (path: string) => Promise<void>;
  readonly notify: Notify;
}

/** Never rejects. */
export async function saveDiagnostics(parts: SaveDiagnosticsParts): Promise<void> {
  const { dialog, folder, now, write, notify } = parts;
  const day = new Date(now()).toISOString().slice(0, 10);
  try {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Save diagnostics',
      defaultPath: join(folder, `cryptopiggy-diagnostics-${day}.json`),
      filters: [{ name: 'JSON', extensions: ['json'] }],
    });
    if (canceled || filePath === '') return;
    await write(filePath);
    notify('Diagnostics saved', `${filePath} holds no keys. Read it before you send it.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify('The diagnostics could not be saved', `Choose another place for them. (${reason})`);
  }
}
