/** Before and after each end-to-end test file. */

import { afterAll, beforeEach, inject } from 'vitest';
import { closeSharedBrowser, shareBrowser } from './support/browser.ts';
import { takeShellOfTests } from './support/shell.ts';

takeShellOfTests();
shareBrowser();
afterAll(closeSharedBrowser);

beforeEach(({ skip }) => {
  const reason = inject('whyNotChecked');
  if (reason !== null) skip(reason);
});
