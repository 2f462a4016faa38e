import { describe, expect, it } from 'vitest';
import { showsTrayIcons } from './tray-host.ts';

describe('a Linux desktop', () => {
  it.each([
    ['shows icons', () => Promise.resolve('(<true>,)\n'), true],
    ['has nothing that shows them', () => Promise.resolve('(<false>,)\n'), false],
    [
      'does not know of icons',
      () => Promise.reject(new Error('org.freedesktop.DBus.Error.ServiceUnknown')),
      false,
    ],
    ['cannot be asked', () => Promise.reject(new Error('spawn gdbus ENOENT')), false],
  ])('that %s', async (_what, answer, shows) => {
    expect(await showsTrayIcons(answer)).toBe(shows);
  });

  it('is asked in its own words', async () => {
    const asked: string[] = [];
    await showsTrayIcons((program, args) => {
      asked.push(program, ...args);
      return Promise.resolve('');
    });
    expect(asked[0]).toBe('gdbus');
    expect(asked.slice(-2)).toEqual([
      'org.kde.StatusNotifierWatcher',
      'IsStatusNotifierHostRegistered',
    ]);
  });
});
