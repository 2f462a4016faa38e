/** The text of a number field: left alone while it is typed, written in the person's own way before and after. */

import { useEffect, useState } from 'react';
import type { NumberMarks } from './marks.ts';
import { entryOf, isSameEntry, isUnread, type NumberEntry } from './number-entry.ts';
import {
  editableNumber,
  LONGEST_NUMBER,
  readTyped,
  writtenNumber,
  type NumberRules,
} from './read-number.ts';

export interface NumberText {
  readonly text: string;
  /** Why it is no number, once the person has stopped typing; `null` while all is well. */
  readonly problem: string | null;
  type(text: string): void;
  /** Writes this number in the place of what is there. */
  set(value: number): void;
  /** Takes out the groups, which would be out of place after the next key. @returns where a place in the text is then */
  begin(): (place: number) => number;
  end(): void;
}

interface NumberTextOptions {
  readonly entry: NumberEntry;
  readonly marks: NumberMarks;
  readonly rules: NumberRules;
  readonly onChange: (entry: NumberEntry) => void;
}

/** Typing pauses this long before a text that may still become a number is complained of, ms. */
const PAUSE_MS = 600;

export function useNumberText({ entry, marks, rules, onChange }: NumberTextOptions): NumberText {
  const [kept, setKept] = useState({ entry, text: shownText(entry, marks), isWritten: true });
  /** What was typed last, until a pause. */
  const [typing, setTyping] = useState<string | null>(null);
  // What the form holds counts: it may have been emptied or filled in meanwhile.
  const isKept = isSameEntry(kept.entry, entry);
  const text = isKept ? kept.text : shownText(entry, marks);
  const isWritten = kept.isWritten || !isKept;
  useEffect(() => {
    if (typing === null) return;
    const timer = setTimeout(() => setTyping(null), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typing]);
  const tell = (next: NumberEntry, nextText: string): void => {
    setKept({ entry: next, text: nextText, isWritten: false });
    onChange(next);
  };
  return {
    text,
    problem:
      isUnread(entry) && !(typing === entry.text && entry.isUnfinished) ? entry.sentence : null,
    type(typed) {
      // One more than is ever read: what was cut off can never be taken for a shorter number.
      const whole = typed.slice(0, LONGEST_NUMBER + 1);
      setTyping(whole);
      tell(entryOf(readTyped(whole, marks, rules), whole), whole);
    },
    set: (value) => tell(value, editableNumber(value, marks)),
    begin() {
      const withoutGroups = (part: string): string =>
        marks.groups.reduce((rest, mark) => rest.replaceAll(mark, ''), part);
      if (isWritten) setKept({ entry, text: withoutGroups(text), isWritten: false });
      return (place) => (isWritten ? withoutGroups(text.slice(0, place)).length : place);
    },
    end() {
      setTyping(null);
      if (typeof entry === 'number') {
        setKept({ entry, text: writtenNumber(entry, marks), isWritten: true });
      }
    },
  };
}

function shownText(entry: NumberEntry, marks: NumberMarks): string {
  if (isUnread(entry)) return entry.text;
  return entry === '' ? '' : writtenNumber(entry, marks);
}
