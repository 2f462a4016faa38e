/** What a person types into a field is what is meant, or nothing is done with it. */

import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { startPaperBot } from './support/live.ts';
import { itInBrowser } from './support/shell.ts';
import { announced } from './support/waiting.ts';
import { goTo, openWindow, runBacktest } from './support/window.ts';

const FIGURE = /^= /;

/** Key by key, as a person does, in the place of what is there. */
async function typeInto(field: Locator, text: string): Promise<void> {
  await field.selectText();
  await field.press('Backspace');
  await field.pressSequentially(text);
}

const balance = (page: Page) => page.getByRole('textbox', { name: 'Starting balance' });
const ticket = (page: Page) => page.getByRole('form', { name: 'Order by hand' });

async function withTicket(page: Page): Promise<Locator> {
  await startPaperBot(page);
  await goTo(page, 'Bots');
  return ticket(page).getByRole('textbox', { name: 'Amount' });
}

it('runs with 25,000 where 25,000 was typed, and not at all with 1,5', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  await typeInto(balance(page), '25,000');
  await page.getByText('= 25,000.00\u00a0USDT').waitFor();
  await runBacktest(page);
  await page.getByRole('tab', { name: 'Settings used' }).click();
  await page.getByText('25,000.00 USDT', { exact: true }).waitFor();
  await typeInto(balance(page), '1,5');
  await page.getByText('"1,5" is not clear. Write 1.5 or 15.').waitFor();
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await page.locator('input:focus[aria-invalid="true"]').waitFor();
  expect(await balance(page).inputValue()).toBe('1,5');
  await page.getByText('One setting needs a correction.').waitFor();
  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByText('1 run kept').waitFor();
  expect(window.problems).toEqual([]);
});

it('sends no order for a text that is no number, which stays as it was typed', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Portfolio' });
  const { page } = window;
  const amount = await withTicket(page);
  const buy = ticket(page).getByRole('button', { name: /^Buy/ });
  for (const text of ['1e5', '1,5', '1.5.0', '50 USDT', '12345678901234567890', '-20']) {
    await amount.fill('20');
    await eventually(() => buy.isEnabled()).toBe(true);
    await typeInto(amount, text);
    await page.locator('input[aria-invalid="true"]').waitFor();
    await amount.press('Enter');
    await amount.blur();
    expect([await amount.inputValue(), await buy.isEnabled()]).toEqual([text, false]);
    expect(await page.getByText(FIGURE).count()).toBe(0);
  }
  const stop = ticket(page).getByRole('textbox', { name: 'Stop price' });
  await typeInto(stop, '0.00000085');
  await page.getByText('= 0.00000085\u00a0USDT').waitFor();
  await stop.blur();
  expect(await stop.inputValue()).toBe('0.00000085');
  expect(window.problems).toEqual([]);
});

it('leaves text and caret alone while it is typed, and writes the number when one leaves', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Settings' });
  const field = balance(window.page);
  const caret = () => field.evaluate((input: HTMLInputElement) => input.selectionStart);
  await typeInto(field, '123456');
  await field.press('Home');
  await field.press('ArrowRight');
  await window.page.keyboard.type('98');
  expect([await field.inputValue(), await caret()]).toEqual(['19823456', 3]);
  await field.press('Backspace');
  expect([await field.inputValue(), await caret()]).toEqual(['1923456', 2]);
  await field.blur();
  expect(await field.inputValue()).toBe('1,923,456');
  // Between 3 and 4: the commas go, the caret stays there.
  await field.press('Home');
  for (let key = 0; key < 6; key += 1) await field.press('ArrowRight');
  await window.page.keyboard.type('7');
  expect([await field.inputValue(), await caret()]).toEqual(['19237456', 5]);
  await field.press('ArrowUp');
  expect(await field.inputValue()).toBe('19237556');
  expect(window.problems).toEqual([]);
});

it('does not freeze over 20,000 digits or a million, and makes no number of them', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Settings' });
  const { page } = window;
  const field = balance(page);
  for (const digits of [20_000, 1_000_000]) {
    await field.selectText();
    const begun = performance.now();
    await page.keyboard.insertText('9'.repeat(digits));
    await page.getByText('That is too long for a number. Write 15 digits at most.').waitFor();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect((await field.inputValue()).length).toBeLessThan(50);
  }
  expect(await page.getByRole('button', { name: 'Begin a paper account' }).isEnabled()).toBe(false);
  expect(window.problems).toEqual([]);
});

itInBrowser("takes numbers in the way of the person's own language", async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Portfolio', locale: 'de-DE' });
  const { page } = window;
  await startPaperBot(page);
  await goTo(page, 'Settings');
  const amount = page.getByRole('textbox', { name: 'Amount' });
  const deposit = page.getByRole('button', { name: 'Deposit' });
  await typeInto(amount, '25.000');
  await page.getByText('"25.000" can mean 25000 or 25. Write one of these.').waitFor();
  expect(await deposit.isEnabled()).toBe(false);
  await typeInto(amount, '1.250,5');
  await page.getByText('= 1,250.50\u00a0USDT').waitFor();
  await deposit.click();
  await announced(page, '1,250.50 USDT are put in.');
  expect(await amount.inputValue()).toBe('1.250,5');
  expect(window.problems).toEqual([]);
});
