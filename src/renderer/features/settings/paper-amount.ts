/** An amount of paper money as it is typed: what it comes to, or what is wrong with it. */

import { isUnread, type NumberEntry } from '../../ui/form/number/number-entry.ts';

export type PaperAmount =
  | { readonly amount: number; readonly problem: null }
  | { readonly amount: null; readonly problem: string };

/** What the app takes at a time. */
const MOST = 1e12;

/** @param typed in units of its currency */
export function readPaperAmount(typed: NumberEntry): PaperAmount {
  if (isUnread(typed)) return { amount: null, problem: typed.sentence };
  const amount = typed === '' ? Number.NaN : typed;
  if (amount > MOST) {
    return { amount: null, problem: 'At most 1,000,000,000,000 can be moved at a time.' };
  }
  return amount > 0
    ? { amount, problem: null }
    : { amount: null, problem: 'The amount must be above 0.' };
}
