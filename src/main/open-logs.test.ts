import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { openLogs } from './open-logs.ts';

async function opened(answer: string) {
  const folder = join(await temporaryFolder(), 'logs');
  const shown: string[] = [];
  const told: string[] = [];
  const open = () =>
    openLogs(
      folder,
      (path) => {
        shown.push(path);
        return Promise.resolve(answer);
      },
      (title, sentence) => void told.push(`${title}: ${sentence}`),
    );
  return { folder, shown, told, open };
}

describe('the folder with the logs', () => {
  it('is shown, and made where nothing has been written yet', async () => {
    const { folder, shown, told, open } = await opened('');
    await open();
    expect([shown, told, existsSync(folder)]).toEqual([[folder], [], true]);
  });

  it('that cannot be shown is named', async () => {
    const { folder, told, open } = await opened('No program for folders.');
    await open();
    expect(told).toEqual([
      `The logs folder could not be opened: It is ${folder}. No program for folders.`,
    ]);
  });

  it('that cannot be made is told too', async () => {
    const { folder, shown, told, open } = await opened('');
    await writeFile(folder, 'a file where the folder should be');
    await open();
    expect([shown, told.length]).toEqual([[], 1]);
  });
});
