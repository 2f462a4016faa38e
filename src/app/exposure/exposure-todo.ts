/** The one thing for a person to do now about what is open at a place. */

import type { ContractError } from '../../contract/errors.ts';
import type { ExposedStop, ExposureTodo } from '../../contract/exposure.ts';
import type { OpenBooks } from './open-books.ts';
import { NOTHING_TO_DO } from './exposure-words.ts';

/** An account that is open, as far as it matters here. */
export interface OpenAccountLook {
  readonly venue: string;
  readonly books: OpenBooks;
  /** Why its session has broken off; `null` while it works. */
  readonly fault: string | null;
  readonly isWatched: boolean;
  /** Nothing is bought until a person arms trading. */
  readonly isHalted: boolean;
  readonly connection: string;
  readonly stop: ExposedStop | null;
}

export function todoWhileOpen(look: OpenAccountLook): ExposureTodo {
  const { venue, books, fault, isWatched, isHalted, connection, stop } = look;
  if (fault !== null) {
    const sentence = `Wait: the account is opened again by itself as soon as its books can be written. If that takes long, look at ${venue} itself.`;
    return { kind: 'wait', sentence };
  }
  const doubted = books.positions.find(({ doubt }) => doubt !== null && doubt.kind !== 'suspect');
  if (doubted !== undefined) {
    const sentence = `Look at ${doubted.symbol} on ${venue}, then keep it or write it off in Portfolio.`;
    return { kind: 'look', sentence };
  }
  if (!isWatched) {
    return { kind: 'wait', sentence: `Wait: CryptoPiggy goes on by itself. ${connection}` };
  }
  if (stop?.state === 'not-yet') {
    const sentence = `Wait: the emergency stop goes on by itself. ${stop.sentence}`;
    return { kind: 'wait', sentence };
  }
  if (isHalted && books.positions.length > 0) {
    const sentence =
      'Trading is stopped and the positions are kept. Sell everything, or arm trading again.';
    return { kind: 'arm', sentence };
  }
  const bare = books.positions.find(({ stop: level }) => level === null);
  if (bare === undefined) return NOTHING_TO_DO;
  return {
    kind: 'look',
    sentence: `${bare.symbol} has no stop. Look at it in Portfolio, and close it if that is not what you meant.`,
  };
}

export interface ClosedAccountLook {
  readonly venue: string;
  /** The exchange that is chosen, by name. */
  readonly chosen: string;
  /** Why the last attempt to connect came to nothing; `null` before one. */
  readonly trouble: ContractError | null;
  /** There is no key that could be read, and a file of keys that is locked. */
  readonly isFileLocked: boolean;
}

/** @returns also why nobody watches it, as a sentence */
export function todoWhileClosed(look: ClosedAccountLook): {
  readonly todo: ExposureTodo;
  readonly watch: string;
} {
  const { venue, chosen, trouble, isFileLocked } = look;
  if (venue !== chosen) {
    return {
      watch: `${chosen} is chosen for live trading, and this is open on ${venue}.`,
      todo: { kind: 'choose', sentence: `Choose ${venue} in Settings, and connect there.` },
    };
  }
  if (isFileLocked || trouble?.code === 'VAULT_LOCKED' || trouble?.code === 'PASSPHRASE_WRONG') {
    return {
      watch: `The keys are locked, so ${venue} cannot be asked.`,
      todo: { kind: 'unlock', sentence: 'Unlock the keys: CryptoPiggy then connects by itself.' },
    };
  }
  if (trouble === null) {
    const watch = `${venue} is being connected.`;
    return { watch, todo: { kind: 'wait', sentence: 'Wait a moment.' } };
  }
  const watch = trouble.sentence;
  switch (trouble.code) {
    case 'KEY_MISSING':
    case 'KEY_INVALID':
    case 'VAULT_UNAVAILABLE':
    case 'EXCHANGE_REFUSED': {
      const sentence = `Save a key of ${venue} in Settings that may read and trade: CryptoPiggy then connects by itself.`;
      return { watch, todo: { kind: 'key', sentence } };
    }
    default: {
      const sentence =
        'Wait: CryptoPiggy tries again by itself. If that takes long, look at the exchange itself.';
      return { watch, todo: { kind: 'wait', sentence } };
    }
  }
}

export const ON_SIMULATOR = {
  watch: 'CryptoPiggy runs on a simulator, and this is at the real exchange.',
  todo: {
    kind: 'simulator',
    sentence: 'End CryptoPiggy and start it without EXCHANGE_SIMULATOR_URL.',
  },
} as const satisfies { readonly watch: string; readonly todo: ExposureTodo };

/** Where nobody has the profile, or whoever has it does not answer. */
export const UNATTENDED = {
  'not-running': {
    watch: 'No CryptoPiggy runs.',
    todo: { kind: 'start', sentence: 'Start CryptoPiggy: it connects and watches by itself.' },
  },
  'not-answering': {
    watch: 'The CryptoPiggy that runs there does not answer.',
    todo: {
      kind: 'restart',
      sentence: 'Look at the exchange itself, then end CryptoPiggy and start it again.',
    },
  },
} as const satisfies Record<string, { readonly watch: string; readonly todo: ExposureTodo }>;
