/** Who watches the stop of a position, in a word. */

import type { GuardPlace } from '../../../core/domain/bot-status.ts';
import { Tag } from '../../ui/tag.tsx';

const GUARDS = {
  exchange: { word: 'at the exchange', tone: 'good' },
  engine: { word: 'watched while CryptoPiggy runs', tone: 'warn' },
  none: { word: 'no stop', tone: 'bad' },
} as const satisfies Record<GuardPlace, unknown>;

export function GuardTag({ place }: { place: GuardPlace }) {
  const { word, tone } = GUARDS[place];
  return <Tag tone={tone}>{word}</Tag>;
}
