/** How a person's own language writes a number: its decimal mark, its marks between groups, how long the groups are. */

export interface NumberMarks {
  readonly locale: string;
  readonly decimal: string;
  /** Every mark that may stand between groups; blanks of all widths where the language uses one. */
  readonly groups: readonly string[];
  /** Whether digits before the decimal mark stand in groups as the language has them. */
  readonly isGrouped: (digits: readonly string[]) => boolean;
  /** With groups, in plain digits however small or large it is. */
  readonly format: (value: number) => string;
  /** Without groups. */
  readonly formatPlain: (value: number) => string;
}

/** As many as a double keeps exactly. */
export const MOST_DIGITS = 15;

const BLANKS = [' ', '\u00a0', '\u2009', '\u202f'];
const APOSTROPHES = ["'", '\u2019'];

/** @param locale as BCP 47 has it; digits are 0 to 9 whatever it says. @throws RangeError where it is none */
export function marksOf(locale: string): NumberMarks {
  const parts = new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping: true,
    minimumFractionDigits: 1,
  }).formatToParts(1_234_567_890);
  const textOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const [others = 3, last = 3] = parts
    .filter(({ type }) => type === 'integer')
    .slice(-2)
    .map(({ value }) => value.length);
  return {
    locale,
    decimal: textOf('decimal'),
    groups: groupMarks(textOf('group')),
    isGrouped: (digits) => areGroups(digits, 3, 3) || areGroups(digits, last, others),
    format: formatter(locale, true),
    formatPlain: formatter(locale, false),
  };
}

function groupMarks(mark: string): readonly string[] {
  if (mark === '') return [];
  if (BLANKS.includes(mark)) return BLANKS;
  return APOSTROPHES.includes(mark) ? APOSTROPHES : [mark];
}

/** Threes are the same number everywhere, also where a language counts on in twos. */
function areGroups(groups: readonly string[], last: number, others: number): boolean {
  const [head = '', ...rest] = groups;
  const sizeOf = (index: number): number => (index === rest.length - 1 ? last : others);
  return (
    /^[1-9]/.test(head) &&
    head.length <= (rest.length === 0 ? last : others) &&
    rest.every((group, index) => group.length === sizeOf(index))
  );
}

/** Signs of direction, which some languages put around a number, are left out. */
function formatter(locale: string, useGrouping: boolean): (value: number) => string {
  const format = new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping,
    maximumSignificantDigits: MOST_DIGITS,
  });
  return (value) => {
    const digits = format
      .formatToParts(Math.abs(value))
      .filter(({ type }) => type !== 'literal')
      .map((part) => part.value)
      .join('');
    return value < 0 ? `-${digits}` : digits;
  };
}

/** What the window's own figures and sentences are written in. */
export const WINDOW_MARKS: NumberMarks = marksOf('en-US');

/** The marks of the first language that is one; those of the window's own figures where none is. */
export function firstMarks(languages: readonly string[]): NumberMarks {
  const known = languages.find((language) => {
    try {
      return Intl.NumberFormat.supportedLocalesOf(language).length > 0;
    } catch (error) {
      // A computer may name a language in words that are none.
      if (error instanceof RangeError) return false;
      throw error;
    }
  });
  return known === undefined ? WINDOW_MARKS : marksOf(known);
}
