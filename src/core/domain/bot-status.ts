/** Whether a bot trades. */

/** `paused` opens nothing and still sells; `stopped` asks its strategy nothing; `failed` is stopped by its own fault. */
export const BOT_STATUSES = ['running', 'paused', 'stopped', 'failed'] as const;

export type BotStatus = (typeof BOT_STATUSES)[number];

/** Where the stop of a position is watched: at the exchange, by the engine while it runs, or nowhere. */
export const GUARD_PLACES = ['exchange', 'engine', 'none'] as const;

export type GuardPlace = (typeof GUARD_PLACES)[number];
