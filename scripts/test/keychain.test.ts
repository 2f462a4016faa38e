import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { missingPrograms, obstacle } from './keychain.ts';

it('finds which programs of a Secret Service are missing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keychain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of ['dbus-run-session', 'dbus-send']) {
    writeFileSync(path.join(folder, program), '#!/bin/sh\n');
    chmodSync(path.join(folder, program), 0o755);
  }
  expect(missingPrograms(folder)).toEqual(['gnome-keyring-daemon', 'secret-tool']);
  expect(missingPrograms('')).toHaveLength(4);
});

it('installs them as root on a Linux system with apt-get, and says elsewhere what is in the way', () => {
  const debian = { platform: 'linux', asRoot: [], hasApt: true } as const;
  expect(obstacle(debian)).toBeNull();
  expect(obstacle({ ...debian, asRoot: null })).toContain('root');
  expect(obstacle({ ...debian, hasApt: false })).toContain('apt-get');
  expect(obstacle({ ...debian, platform: 'win32' })).toContain('Linux');
});
