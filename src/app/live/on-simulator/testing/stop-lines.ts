/** What a process whose stop is pressed tells of itself, a line of JSON each. */

import type { StopReport } from '../../../stop/stop-report.ts';

export type Line =
  /** Time is the stage's, ms UTC. */
  | { readonly kind: 'pressed'; readonly time: number }
  /** An order is about to leave. */
  | { readonly kind: 'sent'; readonly orderId: string; readonly time: number }
  | { readonly kind: 'report'; readonly time: number; readonly report: StopReport }
  /** All prices have fallen, and it is looked what came of that. */
  | { readonly kind: 'obeyed'; readonly time: number; readonly report: StopReport | null }
  | { readonly kind: 'not-armed' | 'not-live'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'denied'; readonly code: string }
  | { readonly kind: 'turn' }
  | { readonly kind: 'armed' | 'ended' };
