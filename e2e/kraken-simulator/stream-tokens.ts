/** Tokens that open private streams: each is good for a quarter of an hour, and a stream that it opened for longer. */

export interface StreamTokens {
  readonly lifetimeMs: number;
  readonly create: () => string;
  readonly isGood: (token: string) => boolean;
}

export function createStreamTokens(now: () => number): StreamTokens {
  const lifetimeMs = 15 * 60_000;
  const madeAt = new Map<string, number>();
  return {
    lifetimeMs,
    create: () => {
      const token = `simulated-token-${madeAt.size + 1}`;
      madeAt.set(token, now());
      return token;
    },
    isGood: (token) => now() - (madeAt.get(token) ?? -Infinity) <= lifetimeMs,
  };
}
