/** What stands between the books and the exchange. */

/** Every position has exactly one of them, at any time. */
export const VERDICTS = [
  /** The coins are there, and guarded as the books say. */
  'agreed',
  /** The coins are there, and no stop rests at the exchange. */
  'unguarded',
  /** Somebody sold them: the account's trades say when and at what price. */
  'sold-outside',
  /** They are not there and no trade says where they went, or their pair is gone from the exchange. */
  'missing',
  /** Coins that the books never bought: they are the person's, and never sold. */
  'held-before',
  /** The exchange contradicts the books in a way that only the person can explain. */
  'quarantined',
] as const;

export type Verdict = (typeof VERDICTS)[number];
