/** Something odd that the app found, dealt with, and must tell the person about. */

export interface Finding {
  readonly code: 'PROFILE_DAMAGED' | 'PROFILE_NEWER' | 'RUNS_UNREADABLE';
  /** What was found, what was done about it, and what the person can do. */
  readonly sentence: string;
}
