import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candidates, findChromium } from './chromium.ts';

describe('where a Chromium may be', () => {
  it('is where CHROMIUM_PATH says, and nowhere else', () => {
    const env = { CHROMIUM_PATH: '/opt/chromium', PATH: '/usr/bin' };
    expect(candidates({ platform: 'linux', env })).toEqual(['/opt/chromium']);
  });

  it('is on the PATH of a Linux system, or in the folder of Playwright', () => {
    const found = candidates({ platform: 'linux', env: { PATH: '/usr/bin:/snap/bin' } });
    expect(found).toContain('/usr/bin/chromium');
    expect(found).toContain('/snap/bin/google-chrome');
    expect(found.at(-1)).toContain('playwright');
  });

  it('is among the applications of a Mac', () => {
    expect(candidates({ platform: 'darwin', env: {} })).toContain(
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    );
  });

  it('is in one of the program folders of Windows', () => {
    const env = { ProgramFiles: String.raw`C:\Program Files` };
    expect(candidates({ platform: 'win32', env })).toContain(
      String.raw`C:\Program Files\Microsoft\Edge\Application\msedge.exe`,
    );
  });
});

describe.skipIf(process.platform === 'win32')('a file by the name of Chromium', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function script(name: string, text: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it('counts when it answers with its version', () => {
    const browser = script('chromium', 'echo Chromium 156.0.1234.5');
    expect(findChromium({ platform: 'linux', env: { CHROMIUM_PATH: browser } })).toBe(browser);
  });

  it('does not count when it only says how to install one', () => {
    script('chromium', 'echo run snap install chromium; exit 1');
    const browser = script('google-chrome', 'echo Google Chrome 156.0.1234.5');
    expect(findChromium({ platform: 'linux', env: { PATH: folder } })).toBe(browser);
  });
});
