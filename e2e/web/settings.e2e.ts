/** Settings beyond keys and live mode: protections with figures of one's own, and money for the paper account. */

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { eventually, eventuallySays } from './support/eventually.ts';
import { startPaperBot } from './support/live.ts';
import { announced } from './support/waiting.ts';
import { goTo, openWindow } from './support/window.ts';

it('keeps a protection with its figures, and saves nothing while one of them cannot be used', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Settings' });
  const { page } = window;
  const guard = page.getByRole('switch', { name: /^Pause after several stops/ });
  const within = page.getByRole('textbox', { name: 'Within' });
  const save = page.getByRole('button', { name: 'Save the limits' });
  await guard.check();
  await within.fill('500');
  await page.getByText('Within must be from 1 to 168 h.').waitFor();
  await save.click();
  await page.locator('input:focus[aria-invalid="true"]').waitFor();
  await within.fill('36');
  await page.getByText(/3 stop-losses within 1\sd 12\sh pause all buying for 12\sh\./).waitFor();
  await save.click();
  await announced(page, 'The limits hold from now on.');
  await page.reload();
  await goTo(page, 'Settings');
  await page.getByText(/3 stop-losses within 1\sd 12\sh/).waitFor();
  expect(await guard.isChecked()).toBe(true);
  expect(window.problems).toEqual([]);
});

it('puts money into the paper account and takes it out, which is no profit and no loss', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Portfolio' });
  const { page } = window;
  await startPaperBot(page);
  await goTo(page, 'Settings');
  const today = page.getByRole('group', { name: 'Today' });
  await page.getByRole('textbox', { name: 'Amount' }).fill('250');
  await page.getByRole('button', { name: 'Deposit' }).click();
  await announced(page, '250.00 USDT are put in.');
  await eventuallySays(today).toMatch(/1,250\.00 USD .*Today 0\.00 USD/);
  await page.getByRole('textbox', { name: 'Amount' }).fill('9000');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await announced(page, 'Only 1250 USDT can be taken out.');
  await page.getByRole('textbox', { name: 'Amount' }).fill('1000');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await announced(page, '1,000.00 USDT are taken out.');
  await eventuallySays(today).toMatch(/ 250\.00 USD .*Today 0\.00 USD/);
  expect(window.problems).toEqual([]);
});

it('does not bring limits back that another window has made stricter', async () => {
  await using app = await startApp();
  await using first = await openWindow(app, { screen: 'Settings' });
  await using second = await openWindow(app, { screen: 'Settings' });
  const most = (page: Page) => page.getByRole('textbox', { name: 'Most per trade' });
  const save = (page: Page) => page.getByRole('button', { name: 'Save the limits' }).click();
  await most(first.page).fill('20');
  await most(second.page).fill('10');
  await save(second.page);
  await announced(second.page, 'The limits hold from now on.');
  await save(first.page);
  await first.page.getByText('They were changed in another window meanwhile.').waitFor();
  await eventually(() => most(first.page).inputValue()).toBe('10');
  expect([...first.problems, ...second.problems]).toEqual([]);
});
