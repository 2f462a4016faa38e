/** What an exchange's refusal of an order says about asking again. */

/**
 * `for-now`: the price, the money or the number of orders stands against it, and those change.
 * `for-good`: the key or the account may not; only the person can change that.
 * `halted`: the pair or the whole exchange does not trade at the moment.
 * `throttled`: it was asked too often, and nothing was done.
 * `our-fault`: the request breaks a rule of the pair, and will again.
 */
export const REFUSALS = ['for-now', 'for-good', 'halted', 'throttled', 'our-fault'] as const;

export type Refusal = (typeof REFUSALS)[number];
