/** An amount of paper money as it is typed: what it comes to, or what is wrong with it. */

export type PaperAmount =
  | { readonly amount: number; readonly problem: null }
  | { readonly amount: null; readonly problem: string };

/** What the app takes at a time. */
const MOST = 1e12;

/** @param typed in units of its currency; text where the field could make no figure of it. */
export function readPaperAmount(typed: number | string): PaperAmount {
  const amount = typed === '' ? Number.NaN : Number(typed);
  if (amount > MOST) {
    return { amount: null, problem: 'At most 1,000,000,000,000 can be moved at a time.' };
  }
  return amount > 0
    ? { amount, problem: null }
    : { amount: null, problem: 'The amount must be above 0.' };
}
