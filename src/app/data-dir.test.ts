import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDataDir, defaultDataDir } from './data-dir.ts';
import { temporaryFolder } from './storage/testing/temporary-folder.ts';

describe('the default data folder', () => {
  it.each([
    ['windows', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\ann', 'D:\\Roaming\\CryptoPiggy'],
    ['windows', {}, 'C:\\Users\\ann', 'C:\\Users\\ann\\AppData\\Roaming\\CryptoPiggy'],
    [
      'macos',
      { XDG_DATA_HOME: '/x' },
      '/Users/ann',
      '/Users/ann/Library/Application Support/CryptoPiggy',
    ],
    ['linux', { XDG_DATA_HOME: '/srv/ann' }, '/home/ann', '/srv/ann/cryptopiggy'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ann', '/home/ann/.local/share/cryptopiggy'],
    ['other', {}, '/home/ann', '/home/ann/.local/share/cryptopiggy'],
  ] as const)('on %s with %o', (platform, environment, home, expected) => {
    expect(defaultDataDir(platform, environment, home)).toBe(expected);
  });

  it.skipIf(process.platform === 'win32')('is readable for its owner only', async () => {
    const path = join(await temporaryFolder(), 'deep', 'cryptopiggy');
    await createDataDir(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is refused with a sentence', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const path = join(file, 'data');
    await expect(createDataDir(path)).rejects.toThrow(`The data folder ${path} cannot be used`);
  });
});
