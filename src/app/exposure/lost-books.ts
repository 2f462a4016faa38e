/** A profile that had to be set aside took its books with it: what is open by them is not known until a person has looked. */

import { z } from 'zod';
import type { Finding } from '../../contract/app.ts';
import type { SettingsStore } from '../storage/storage.ts';

const KEY = 'lost-books';

const lost = z.strictObject({ sentence: z.string() });

export function noteLostBooks(settings: SettingsStore, { sentence }: Finding): void {
  settings.set(KEY, { sentence } satisfies z.infer<typeof lost>);
}

export function forgetLostBooks(settings: SettingsStore): void {
  settings.set(KEY, null);
}

/** @returns what is to be said of books that were lost; `null` where none were, or a person has looked */
export function lostBooks(settings: Pick<SettingsStore, 'get'>): string | null {
  const kept = lost.safeParse(settings.get(KEY));
  return kept.success
    ? `${kept.data.sentence} It is NOT KNOWN what was open with real money by its books.`
    : null;
}
