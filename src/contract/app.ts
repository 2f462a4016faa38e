/** The app itself: which shell it runs in, which version, and what it found at its start. */

import { z } from 'zod';
import { call } from './define.ts';
import { nothing } from './shared-schemas.ts';

/** Something odd that the app found at its start, dealt with, and must tell the person about. */
const finding = z.strictObject({
  code: z.enum(['PROFILE_DAMAGED', 'PROFILE_NEWER', 'RUNS_UNREADABLE', 'ACCOUNT_UNREADABLE']),
  /** What was found, what was done about it, and what the person can do. */
  sentence: z.string(),
});

export const appInfo = z.strictObject({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  platform: z.enum(['windows', 'macos', 'linux', 'other']),
  /** Where everything is kept, absolute. */
  dataDir: z.string(),
  findings: z.array(finding),
});

export const appContract = {
  'app.info': call(nothing, appInfo),
} as const;

export type Finding = z.infer<typeof finding>;
export type AppInfo = z.infer<typeof appInfo>;
