/** What became of the order that was sent last. */

import { withBotNames, type BotStatusLine } from '../bot-of.ts';
import { outcomeOf } from './ticket-model.ts';
import type { Sent } from './ticket-store.ts';

export function SentLine({ sent, bots }: { sent: Sent; bots: readonly BotStatusLine[] }) {
  if (sent.status === 'none' || sent.status === 'sending') return null;
  const { tone, sentence } =
    sent.status === 'failed'
      ? ({ tone: 'bad', sentence: sent.sentence } as const)
      : outcomeOf(sent.answer);
  return (
    <p className="ticket-sent" data-tone={tone} role="status">
      {withBotNames(sentence, bots)}
    </p>
  );
}
