/** What has to hold before an order may go to a real exchange. */

/** In the order in which a person has to see to them. */
export const LIVE_CONDITIONS = [
  'allowed',
  'healthy',
  'credentials',
  'reconciled',
  'loss-limit',
  'confirmed',
] as const;

export type LiveCondition = (typeof LIVE_CONDITIONS)[number];
