/** A limit whose field is emptied is never taken for one that is kept. */

import { expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { openWindow } from './support/window.ts';

it('says that an emptied limit needs a number, and brings the kept one back', async () => {
  await using app = await startApp();
  await using shown = await openWindow(app, { screen: 'Settings' });
  const { page } = shown;
  const trades = page.getByRole('textbox', { name: 'Trades a day' });
  const before = await trades.inputValue();
  await trades.fill('');
  await page.getByText('Enter a number.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await trades.inputValue()).toBe(before);
  expect(await page.getByText('Enter a number.').count()).toBe(0);
  expect(shown.problems).toEqual([]);
});
