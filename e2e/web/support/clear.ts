/** Whether what shows can be read, and has names for those who do not see it. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

type ColorScheme = 'light' | 'dark';

/** Names and roles are the same in all colours: the second scheme is asked for these alone. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** The serious and critical findings, one line each. */
async function findings(page: Page, colorScheme: ColorScheme): Promise<readonly string[]> {
  // Nothing that is still coming: it would be looked at before it is there.
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  // The page has no frames of its own, which is all that the other way is for; Electron can open no page for it.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (colorScheme === 'dark') axe.withRules(RULES_OF_COLOUR);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`,
      ),
    );
}

/** Nothing is hard to read or without a name, in light and in dark colours. */
export async function expectClear(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] satisfies readonly ColorScheme[]) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await eventually(async () => ({
      what,
      colorScheme,
      found: await findings(page, colorScheme),
    })).toEqual({ what, colorScheme, found: [] });
  }
}
