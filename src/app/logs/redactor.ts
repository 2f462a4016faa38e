/** Takes out of a text whatever is, or looks like, a secret: by its exact value, by its name, by its shape. */

/** What stands in a secret's place. */
export const REDACTED = '[redacted]';

/** A shorter value would be found in every second word. */
const SHORTEST_VALUE = 4;

/** A line of a longer secret, as a key in PEM has them, is looked for by itself from this length on. */
const SHORTEST_LINE = 16;

export interface Redactor {
  /** From now on these are taken out wherever they stand, in base64 and as part of an address too. */
  add(values: Iterable<string>): void;
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  /** Longest first: one secret may begin with another. */
  let exact: readonly string[] = [];
  return {
    add(values) {
      const forms = new Set([...exact, ...[...values].flatMap(formsOf)]);
      exact = [...forms].toSorted((a, b) => b.length - a.length);
    },
    redact(text) {
      const withoutValues = exact.reduce((rest, value) => rest.replaceAll(value, REDACTED), text);
      const withoutNamed = BY_PATTERN.reduce(
        (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
        withoutValues,
      );
      return withoutNamed.replace(RUN, (run) => (looksRandom(run) ? REDACTED : run));
    },
  };
}

/** As it may stand in a text: as it is, in JSON, in an address, in a header, line by line. */
function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE);
  return [value, value.trim(), ...lines]
    .filter((form) => form.length >= SHORTEST_VALUE)
    .flatMap((form) => [
      form,
      JSON.stringify(form).slice(1, -1),
      // Of half a surrogate pair encodeURIComponent makes an error.
      encodeURIComponent(form.toWellFormed()),
      Buffer.from(form).toString('base64'),
      Buffer.from(form).toString('base64url'),
    ]);
}

/** In quotes, in quotes that are escaped because the whole stands in a text, or up to where `bare` ends. */
const valueUpTo = (bare: string): string =>
  String.raw`(?:"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^'\\]|\\[^])*(?:'|$)|\\+"[^]*?(?:\\"|$)|${bare})`;

// What may repeat without end is tried from one place only: a long hostile text must not take longer than its length.
const SECRET_NAME = String.raw`(?:key|secret|token|signature|credential|\bsign\b|\botp\b|\bauth\b)[\w-]{0,60}`;
/** What follows may have spaces. */
const PHRASE_NAME = String.raw`(?:pass(?:phrase|word|wd)|pwd|authorization|cookie)[\w-]{0,60}`;
const ANY_NAME = String.raw`[\w.-]{0,60}(?:${SECRET_NAME}|${PHRASE_NAME})`;

const ASSIGNMENT = String.raw`\\*["'\x60]?\s*[:=]\s*`;

const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'gi');

const BY_PATTERN: readonly (readonly [RegExp, string])[] = [
  // Up to the end where the end of the key was cut off.
  [/-----BEGIN [^-]*-----[^]*?(?:-----END [^-]*-----|$)/g, REDACTED],
  // A Telegram bot's token; in an address it stands behind "bot".
  [/\d{5,20}:[\w-]{30,}/g, REDACTED],
  // A JSON web token.
  [/eyJ[\w.-]{10,}/g, REDACTED],
  [/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi, REDACTED],
  [/\b(bearer|basic)\s+[^\s"',]+/gi, `$1 ${REDACTED}`],
  // Name and password before an address's host.
  [/(:\/\/)[^/\s@]+@/g, `$1${REDACTED}@`],
  [pattern(`(${PHRASE_NAME}${ASSIGNMENT})`, valueUpTo(String.raw`[^\n]+`)), `$1${REDACTED}`],
  [pattern(`(${SECRET_NAME}${ASSIGNMENT})`, valueUpTo(String.raw`[^\s&]+`)), `$1${REDACTED}`],
  // On a command line.
  [pattern(String.raw`(--${ANY_NAME}\s+)`, valueUpTo(String.raw`\S+`)), `$1${REDACTED}`],
  // Headers as Node lists them: name, value, name, value.
  [pattern(String.raw`(["']${ANY_NAME}["']\s*,\s*)`, valueUpTo('(?!)')), `$1${REDACTED}`],
];

/** What base64, hex, UUIDs and their like are written with, in addresses too. */
const RUN = /[A-Za-z0-9+/_=%-]{16,}/g;

/**
 * Whether a run of characters is more likely drawn at random than a word, a path or a date. Ids in their usual form are
 * taken out with the keys that look the same: a lost id costs less than a key in a log.
 */
function looksRandom(run: string): boolean {
  const pieces = run.split(/[^A-Za-z0-9]+/);
  if (pieces.some(isRandomPiece)) return true;
  const letters = pieces.join('');
  return letters.length >= 20 && /\d/.test(letters) && changes(letters) >= letters.length / 4;
}

function isRandomPiece(piece: string): boolean {
  if (piece.length >= 32) return true;
  return piece.length >= 16 && /\d/.test(piece) && /[A-Za-z]/.test(piece);
}

/** How often the kind of character changes; a capital that begins a word is none. */
function changes(text: string): number {
  return (text.match(/[a-z](?![a-z]|$)|[A-Z](?=\d)|\d(?!\d|$)/g) ?? []).length;
}
