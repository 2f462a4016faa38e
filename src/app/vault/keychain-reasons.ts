/** Why a keychain cannot be used, and what a person does about each reason. */

import type { Failure } from '../../core/domain/result.ts';

export const REASONS = ['locked', 'absent', 'no-bus', 'not-responding', 'unsupported'] as const;
export type Reason = (typeof REASONS)[number];

export interface KeychainFailure extends Failure<'KEYCHAIN_UNAVAILABLE'> {
  readonly reason: Reason;
}

const OTHERWISE = 'or keep the keys in the encrypted file.';

const SENTENCES = {
  locked:
    "The system's keychain is locked. Unlock it when the system asks, or in its own program (Passwords and Keys, " +
    `KWalletManager, Keychain Access), and try again, ${OTHERWISE}`,
  absent:
    'No keychain answers on this system, or it has no default keyring yet. Install and start gnome-keyring or ' +
    `KWallet and set a default keyring, ${OTHERWISE}`,
  'no-bus':
    'No keychain can be reached, because this program runs outside of a desktop session (there is no D-Bus session). ' +
    `Start it from the desktop or through dbus-run-session, ${OTHERWISE}`,
  'not-responding': `The system's keychain does not respond. Log out and in again, and try again, ${OTHERWISE}`,
  unsupported: `This app cannot use a keychain on this system. Install the app anew, ${OTHERWISE}`,
} satisfies Readonly<Record<Reason, string>>;

export function unavailable(reason: Reason): {
  readonly ok: false;
  readonly error: KeychainFailure;
} {
  return {
    ok: false,
    error: { code: 'KEYCHAIN_UNAVAILABLE', reason, sentence: SENTENCES[reason] },
  };
}

/** What libdbus, zbus and the library say on Linux, and Security.framework on a Mac; the first that fits counts. */
const SIGNS: readonly (readonly [RegExp, Reason])[] = [
  [/prompt was dismissed|locked|interaction is not allowed/i, 'locked'],
  [/not provided by any|ServiceUnknown|no result found/i, 'absent'],
  [/DBUS_SESSION_BUS_ADDRESS|failed to connect to socket|autolaunch/i, 'no-bus'],
];

/** The text itself is dropped: it belongs to another program, which may put anything into it. */
export function reasonOf(error: unknown): Reason {
  const text = error instanceof Error ? error.message : '';
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? 'not-responding';
}
