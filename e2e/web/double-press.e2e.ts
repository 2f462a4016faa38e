/** A button that is pressed twice in a hurry does its work once. */

import { expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { startPaperBot } from './support/live.ts';
import { announced } from './support/waiting.ts';
import { goTo, openWindow } from './support/window.ts';

it('begins one new paper account, though the button of the question is double-clicked', async () => {
  await using app = await startApp();
  await using shown = await openWindow(app, { screen: 'Portfolio' });
  const { page } = shown;
  await startPaperBot(page);
  await goTo(page, 'Settings');
  // The question fades away, and its button can be pressed meanwhile.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.getByRole('button', { name: 'Begin a new paper account' }).click();
  await page.getByRole('button', { name: 'Begin anew' }).dblclick();
  await announced(page, 'A paper account on Practice market has begun.');
  // The app answers in turn: a second account would have been begun before this.
  await page.getByRole('textbox', { name: 'Amount' }).fill('250');
  await page.getByRole('button', { name: 'Deposit' }).click();
  await announced(page, '250.00 USDT are put in.');
  const told = await page.evaluate(() => window.announced);
  expect(told.filter((text) => text.includes('has begun'))).toHaveLength(1);
  expect(shown.problems).toEqual([]);
});
