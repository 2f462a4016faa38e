/** Collects what is wrong with a candle file: each kind of defect once, with its first lines and how often it came. */

import { counted, listed } from './field-text.ts';

type DefectKind =
  | 'FILE'
  | 'STRUCTURE'
  | 'TOO_FEW_COLUMNS'
  | 'TOO_MANY_COLUMNS'
  | 'CUT'
  | 'BAD_TIMESTAMP'
  | 'MIXED_TIMESTAMPS'
  | 'MISSING_VALUE'
  | 'NOT_A_NUMBER'
  | 'PRICE_NOT_POSITIVE'
  | 'PRICE_OUT_OF_RANGE'
  | 'HIGH_BELOW_LOW'
  | 'OUTSIDE_HIGH_LOW'
  | 'NEGATIVE_VOLUME'
  | 'CONFLICTING_DUPLICATE'
  | 'DISORDER'
  | 'TIMEFRAME'
  | 'CLOSER_THAN_TIMEFRAME'
  | 'OFF_GRID';

/** What a place in the file is called: CSV has lines, JSON has entries. Both count from 1. */
export type PlaceWord = 'line' | 'entry';

interface Defect {
  /** `null` for a matter of the whole file. */
  readonly line: number | null;
  readonly detail: string;
  readonly moreLines: number[];
  count: number;
}

export interface Findings {
  /** Notes a defect; `detail` is asked for only for the first of its kind. */
  add(kind: DefectKind, line: number | null, detail: () => string): void;
  /** Notes a defect after which reading on makes no sense. */
  stop(kind: DefectKind, line: number | null, detail: string): void;
  isStopped(): boolean;
  isEmpty(): boolean;
  /** All defects in one sentence for the person, in the order of the file. */
  sentence(name: string, word: PlaceWord): string;
}

const KINDS_SHOWN = 5;
const MORE_LINES_SHOWN = 3;

export function createFindings(): Findings {
  const defects = new Map<DefectKind, Defect>();
  let stopped = false;
  const add: Findings['add'] = (kind, line, detail) => {
    const known = defects.get(kind);
    if (known === undefined) {
      defects.set(kind, { line, detail: detail(), moreLines: [], count: 1 });
      return;
    }
    known.count += 1;
    if (line !== null && known.moreLines.length < MORE_LINES_SHOWN) known.moreLines.push(line);
  };
  return {
    add,
    stop(kind, line, detail) {
      add(kind, line, () => detail);
      stopped = true;
    },
    isStopped: () => stopped,
    isEmpty: () => defects.size === 0,
    sentence: (name, word) => sentenceOf([...defects.values()], name, word),
  };
}

function sentenceOf(defects: readonly Defect[], name: string, word: PlaceWord): string {
  const inOrder = defects.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
  const parts = inOrder.slice(0, KINDS_SHOWN).map((defect) => partOf(defect, word));
  const left = defects.length - parts.length;
  if (left > 0) parts.push(`and ${counted(left, 'more kind')} of defects`);
  return `${name}${inOrder[0]?.line === null ? ': ' : ', '}${parts.join('; ')}.`;
}

function partOf(defect: Defect, word: PlaceWord): string {
  const place = defect.line === null ? '' : `${word} ${defect.line}: `;
  return `${place}${defect.detail}${moreLikeIt(defect, word)}`;
}

function moreLikeIt({ count, moreLines }: Defect, word: PlaceWord): string {
  const others = count - 1;
  if (others === 0) return '';
  const first = others > moreLines.length ? 'first ' : '';
  const places = moreLines.length === 1 ? word : word === 'line' ? 'lines' : 'entries';
  return ` (and ${others.toLocaleString('en-US')} more like it, ${first}in ${places} ${listed(moreLines)})`;
}
