/** The app itself: which shell it runs in, and which version. */

import { z } from 'zod';
import { call } from './define.ts';
import { nothing } from './shared-schemas.ts';

export const appInfo = z.strictObject({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  platform: z.enum(['windows', 'macos', 'linux', 'other']),
});

export const appContract = {
  'app.info': call(nothing, appInfo),
} as const;

export type AppInfo = z.infer<typeof appInfo>;
