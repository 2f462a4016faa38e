/** Repeatable randomness: the same seed gives the same market on every machine. */

export type Uniform = () => number;

/** Marsaglia's xorshift with 32 bits of state: uniform in [0, 1). */
export function uniformSource(seed: number, stream: number): Uniform {
  // Neighbouring seeds must not give neighbouring walks, and a state of 0 would stay 0.
  let state = Math.imul(seed + 1, 0x9e37_79b1) ^ Math.imul(stream + 1, 0x85eb_ca6b) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** About normal with a standard deviation of 1: twelve uniforms need no logarithm to agree on every machine. */
export function normal(uniform: Uniform): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += uniform();
  return sum;
}
