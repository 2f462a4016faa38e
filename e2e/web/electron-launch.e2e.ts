/** How Electron is started for the stories of this folder, as far as that can be told without its program. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaintsIn } from './support/complaints.ts';
import { electronLaunch } from './support/electron.ts';

const setting = {
  program: join('electron', 'dist', 'electron'),
  root: join('the', 'project'),
  dataDir: join('a', 'fresh', 'folder'),
  environment: { PATH: 'bin', ALLOW_LIVE: '1', EXCHANGE_SIMULATOR_URL: 'http://127.0.0.1:1' },
};

describe('Electron is started', () => {
  it('on the project, as npm start does, with a data folder and settings of its own', () => {
    expect(electronLaunch(setting)).toMatchObject({
      executablePath: setting.program,
      args: [setting.root, `--data-dir=${setting.dataDir}`],
      cwd: setting.root,
      env: setting.environment,
    });
  });

  it('without what would make a plain Node of it, and without what is not set', () => {
    const environment = {
      ...setting.environment,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--import x',
      EXCHANGE: undefined,
    };
    expect(electronLaunch({ ...setting, environment }).env).toEqual(setting.environment);
  });
});

describe('what the app complains of', () => {
  it("is told from Chromium's words, the inspector's, and what the log calls normal", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'piggy-e2e-'));
    const news = [
      { level: 'info', text: 'SIGTERM has come; CryptoPiggy quits.' },
      { level: 'error', text: 'The profile could not be read.' },
    ];
    await mkdir(join(dataDir, 'logs'));
    const lines = news.map((line) => `${JSON.stringify(line)}\n`).join('');
    await writeFile(join(dataDir, 'logs', 'app.log'), lines);
    const output = [
      'Debugger listening on ws://127.0.0.1:40123/1b6a',
      'For help, see: https://nodejs.org/en/docs/inspector',
      'DevTools listening on ws://127.0.0.1:40124/devtools/browser/7c',
      '[8312:1123/154000.123456:ERROR:bus.cc(408)] Failed to connect to the bus',
      ...news.map(({ text }) => text),
      'Error: nobody has caught this',
    ].join('\n');
    expect(await complaintsIn(output, dataDir)).toBe(
      'The profile could not be read.\nError: nobody has caught this',
    );
    await rm(dataDir, { recursive: true });
  });
});

describe('every story of this folder', () => {
  it('is told in Electron too, by npm run test:electron', ({ skip }) => {
    skip('Nothing was checked in Electron: npm run test:electron does it.');
  });
});
