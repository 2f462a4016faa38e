/** The rows of the list of decisions. */

import type { DecisionLine } from '../../../../contract/trading.ts';
import { botNameIn, type Books } from '../books.ts';

export interface DecisionRow {
  readonly id: string;
  readonly kind: DecisionLine['kind'];
  readonly code: string | null;
  readonly botId: string | null;
  /** `null` for what concerns the whole account. */
  readonly bot: string | null;
  readonly symbol: string | null;
  /** ms UTC. */
  readonly time: number;
  readonly sentence: string;
}

/** @param lines newest first */
export function decisionRows(books: Books, lines: readonly DecisionLine[]): readonly DecisionRow[] {
  return lines.map(({ kind, code, botId, symbol, time, sentence }, index) => ({
    // A decision has no id of its own; counted from the oldest, so that a row keeps its own when news comes.
    id: String(lines.length - index),
    kind,
    code,
    botId,
    bot: botId === null ? null : botNameIn(books, botId),
    symbol,
    time,
    sentence: withNames(books, sentence),
  }));
}

/** The app's sentences name a bot by its id; a person knows it by its name. */
function withNames({ bots }: Books, sentence: string): string {
  return bots.reduce((text, { id, name }) => text.replaceAll(id, name), sentence);
}

export const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'submitted', label: 'Orders' },
  { value: 'denied', label: 'Denied' },
  { value: 'cancelled', label: 'Withdrawn' },
  { value: 'alert', label: 'Alerts' },
] as const;

export type Kind = (typeof KINDS)[number]['value'];

export function isOfKind(row: DecisionRow, kind: Kind): boolean {
  return kind === 'all' || row.kind === kind;
}
