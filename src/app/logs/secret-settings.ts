/** Which values of the environment and of the settings must never be written down. */

/** Names of what is secret, in our settings and in everybody else's. */
const SECRET_NAME = /key|secret|token|pass|credential|auth|cookie|signature/i;

/** A switch or a port under such a name is no secret, and would be found everywhere. */
const SHORTEST_SECRET = 8;

export function secretsOf(settings: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'string' && value.length >= SHORTEST_SECRET && SECRET_NAME.test(name)
      ? [value]
      : [],
  );
}
