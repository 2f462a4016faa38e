/** Switching live mode on by typing: what counts, and what happens to those who guess. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Confirmation, CONFIRMATION_SENTENCE } from './confirmation.ts';

const TOKEN = 'correct-horse-battery';

describe('a confirmation', () => {
  it('is the token where one was set, and nothing else', () => {
    const confirmation = new Confirmation(TOKEN);
    expect(confirmation.by).toEqual({ kind: 'token' });
    expect(confirmation.check(` ${TOKEN}\n`, 0)).toBeNull();
    expect(confirmation.check(TOKEN.toUpperCase(), 0)).toContain('not the confirmation token');
    expect(confirmation.check(CONFIRMATION_SENTENCE, 0)).not.toBeNull();
    expect(confirmation.check('', 0)).not.toBeNull();
  });

  it('is the sentence where none was set, however it is spaced and capitalised', () => {
    const confirmation = new Confirmation(null);
    expect(confirmation.by).toEqual({ kind: 'sentence', sentence: CONFIRMATION_SENTENCE });
    expect(confirmation.check('  i want to  trade with real money.', 0)).toBeNull();
    expect(confirmation.check('yes', 0)).toContain(CONFIRMATION_SENTENCE);
    expect(confirmation.check('', 0)).not.toBeNull();
  });

  it('never tells the token', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(text.trim() !== TOKEN);
        expect(new Confirmation(TOKEN).check(text, 0)).not.toContain(TOKEN);
      }),
    );
  });

  it('that was wrong five times in a row has to wait a minute, even when it is right', () => {
    const confirmation = new Confirmation(TOKEN);
    for (let tries = 0; tries < 5; tries += 1) confirmation.check('guess', 1_000);
    expect(confirmation.check(TOKEN, 31_000)).toBe(
      'That was wrong too often. Try again in 30 seconds.',
    );
    expect(confirmation.check(TOKEN, 61_000)).toBeNull();
  });
});
