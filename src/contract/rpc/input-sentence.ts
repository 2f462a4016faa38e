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
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
