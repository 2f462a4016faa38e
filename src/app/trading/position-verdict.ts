/** What stands of a position between the books and the exchange, as a verdict with its sentence and its way out. */

import type { TradingStatus } from '../../contract/trading.ts';
import type { Bot } from '../../core/bot/bot.ts';
import { doubtSentence } from '../../core/reconciliation/sentences.ts';

type ShownVerdict = TradingStatus['positions'][number]['verdict'];

export function verdictOf({ setup, holding }: Bot): ShownVerdict {
  const { doubt, position, guardPlace, plan } = holding;
  const { symbol } = setup.instrument;
  if (doubt !== null) {
    const sentence = doubtSentence(doubt, symbol, position.amount);
    const kind = doubt.kind === 'suspect' ? 'unguarded' : doubt.kind;
    const isGone = doubt.kind === 'missing' && doubt.cause === 'pair';
    const waysOut = isGone ? (['write-off'] as const) : (['keep', 'write-off'] as const);
    return { kind, since: doubt.since, sentence, waysOut: [...waysOut] };
  }
  const isResting = guardPlace === 'exchange' && holding.holdingOrder?.state !== 'unknown';
  if (isResting || plan?.stop === null) {
    return { kind: 'agreed', since: null, sentence: AGREED, waysOut: [] };
  }
  return { kind: 'unguarded', since: null, sentence: UNGUARDED, waysOut: [] };
}

const AGREED = 'The exchange and the books agree.';

const UNGUARDED =
  'No stop rests at the exchange: CryptoPiggy watches the price itself, which works only while it runs.';
