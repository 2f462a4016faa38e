import { expect, it } from 'vitest';
import { browserCommand } from './open-browser.ts';

it('hands the address over as one argument, to the program each system has for it', () => {
  const address = 'http://127.0.0.1:1/open/a';
  expect(browserCommand('linux', address)).toEqual(['xdg-open', address]);
  expect(browserCommand('freebsd', address)).toEqual(['xdg-open', address]);
  expect(browserCommand('darwin', address)).toEqual(['open', address]);
  expect(browserCommand('win32', address)).toEqual([
    'rundll32',
    'url.dll,FileProtocolHandler',
    address,
  ]);
});
