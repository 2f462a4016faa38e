/** A keychain whose every password becomes known to the log before anybody else: it then never writes it down. */

import type { Keychain } from './keychain.ts';

/** @param redact - Takes these out of everything that is written from now on. */
export function redactedKeychain(
  keychain: Keychain,
  redact: (secrets: readonly string[]) => void,
): Keychain {
  return {
    ...keychain,
    async getPassword(service, account) {
      const answer = await keychain.getPassword(service, account);
      if (answer.ok && answer.value !== null) redact(secretsIn(answer.value));
      return answer;
    },
    setPassword(service, account, password) {
      redact(secretsIn(password));
      return keychain.setPassword(service, account, password);
    },
    async findCredentials(service) {
      const answer = await keychain.findCredentials(service);
      if (answer.ok) redact(answer.value.flatMap(({ password }) => secretsIn(password)));
      return answer;
    },
  };
}

/** The text itself and, as keys are kept in JSON, every text in it. */
function secretsIn(password: string): readonly string[] {
  const found = [password];
  try {
    JSON.parse(password, (_name, value: unknown) => {
      if (typeof value === 'string') found.push(value);
      return value;
    });
  } catch {
    // Not JSON: the text itself is all there is.
  }
  return found;
}
