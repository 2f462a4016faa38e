/** What is wrong with an input, as a sentence: where and why, never the value itself, which may be a secret. */

import { z } from 'zod';

const SHOWN_ISSUES = 3;

/**
 * @param what - What was refused, to begin the sentence with: "The input of app.info".
 * @param schema - What it was refused by: only names of its own are repeated.
 */
export function inputSentence(what: string, schema: z.ZodType, error: z.ZodError): string {
  const names = namesOf(schema);
  const shown = error.issues
    .slice(0, SHOWN_ISSUES)
    .map((issue) => issuePhrase(issue, names))
    .join('; ');
  const more = error.issues.length - SHOWN_ISSUES;
  return `${what} is not valid: ${shown}${more > 0 ? `; and ${more} more` : ''}.`;
}

function issuePhrase(issue: z.core.$ZodIssue, names: ReadonlySet<string>): string {
  const path = issue.path.map((name) => step(name, names)).join('.');
  const message = messageOf(issue);
  return path === '' ? message : `${path}: ${message}`;
}

/** What is no name of the schema was sent, as the name of an entry. */
function step(name: PropertyKey, names: ReadonlySet<string>): string {
  return typeof name === 'number' || names.has(String(name)) ? String(name) : '(an entry)';
}

const written = new WeakMap<z.ZodType, ReadonlySet<string>>();

/** The names of all properties that a schema describes, at any depth. */
function namesOf(schema: z.ZodType): ReadonlySet<string> {
  const known = written.get(schema);
  if (known !== undefined) return known;
  const names = new Set<string>();
  collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), names);
  written.set(schema, names);
  return names;
}

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries<unknown>({ ...part })) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) names.add(name);
    }
    collect(value, names);
  }
}

/** Zod repeats the names that it does not know. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  return issue.keys.length === 1
    ? 'has an entry too many'
    : `has ${issue.keys.length} entries too many`;
}
