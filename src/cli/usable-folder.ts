/** Turns what the system or the database says about a data folder into a sentence for the person who named it. */

import { fail, ok, type Result } from '../core/domain/result.ts';
import { reasonOf } from './document-output.ts';

/** Throws what `work` throws, unless it is about the folder. */
export async function usable<T>(folder: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (!isAboutTheFolder(cause)) throw error;
    const sentence = `The data folder ${folder} cannot be used: ${reasonOf(cause)}. Choose another with --data-dir, or mend it.`;
    return fail('BAD_INPUT', sentence);
  }
}

/** The system's errors name a call, those of SQLite have its result code. */
function isAboutTheFolder(error: unknown): boolean {
  return error instanceof Error && ('syscall' in error || 'errcode' in error);
}
