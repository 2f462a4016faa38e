/** What is wrong with an input, as a sentence: where and why, never the value itself, which may be a secret. */

import type { z } from 'zod';

const SHOWN_ISSUES = 3;

/** @param what - What was refused, to begin the sentence with: "The input of app.info". */
export function inputSentence(what: string, error: z.ZodError): string {
  const shown = error.issues.slice(0, SHOWN_ISSUES).map(issuePhrase).join('; ');
  const more = error.issues.length - SHOWN_ISSUES;
  return `${what} is not valid: ${shown}${more > 0 ? `; and ${more} more` : ''}.`;
}

function issuePhrase(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(step).join('.');
  const message = messageOf(issue);
  return path === '' ? message : `${path}: ${message}`;
}

/** The schema's own names are short and plain; what looks otherwise was sent, as the name of an entry. */
function step(name: PropertyKey): string {
  return typeof name === 'number' || OWN_NAME.test(String(name)) ? String(name) : '(an entry)';
}

const OWN_NAME = /^[a-z][A-Za-z]{0,29}$/;

/** Zod repeats the names that it does not know. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  return issue.keys.length === 1
    ? 'has an entry too many'
    : `has ${issue.keys.length} entries too many`;
}
