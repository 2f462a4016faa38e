/** What a person is told of a holding that is not guarded, or not sold. */

import type { ExitFailure, Trouble } from './exit-policy.ts';

const WHY: Readonly<Record<ExitFailure, string>> = {
  'for-now': 'The exchange refuses it for now',
  'for-good': 'The exchange refuses it: look at the key and the account there',
  halted: 'The pair does not trade at the moment',
  throttled: 'The exchange says it was asked too often',
  'our-fault': 'The exchange says the order breaks a rule of the pair',
  'nothing-found': 'Nobody bought at the price it may go down to',
  lost: 'It did not reach the exchange',
  'taken-away': 'It was cancelled at the exchange, and not by CryptoPiggy',
};

/** @param note the exchange's own words */
function why({ failure }: Trouble, note: string | null): string {
  return note === null ? WHY[failure] : `${WHY[failure]} (${note.replace(/\.$/, '')})`;
}

export function notSoldSentence(symbol: string, trouble: Trouble, note: string | null): string {
  return `${symbol} could not be sold. ${why(trouble, note)}. CryptoPiggy tries again with growing pauses and tells when it is sold; you can sell it at the exchange yourself.`;
}

export function notRestingSentence(symbol: string, trouble: Trouble, note: string | null): string {
  return `The stop of ${symbol} does not rest at the exchange. ${why(trouble, note)}. CryptoPiggy watches the price itself, which works only while it runs, and places the stop again as soon as it can.`;
}
