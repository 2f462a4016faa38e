/** What was decided, in a word with a tone. */

import type { DecisionLine } from '../../contract/trading.ts';

export const DECISION_WORDS = {
  submitted: { word: 'order', tone: 'quiet' },
  denied: { word: 'denied', tone: 'bad' },
  cancelled: { word: 'withdrawn', tone: 'quiet' },
  alert: { word: 'alert', tone: 'warn' },
} as const satisfies Record<DecisionLine['kind'], unknown>;
