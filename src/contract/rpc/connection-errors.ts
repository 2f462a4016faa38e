/** What either side says when a call or a subscription could not be carried out at all. */

import type { ContractError } from '../errors.ts';

export const DISCONNECTED: ContractError = {
  code: 'DISCONNECTED',
  sentence: 'The window has lost its connection to the app. Try again when it is back.',
};

export const NOT_UNDERSTOOD: ContractError = {
  code: 'INTERNAL',
  sentence:
    'The app sent something this window does not understand. Restart the app and try again.',
};

export const CANNOT_CROSS: ContractError = {
  code: 'INVALID_INPUT',
  sentence:
    'This input cannot be sent to the app: it is too large or of a kind that cannot be sent.',
};

/** Said by either side: the window before it sends, the app when it receives. It does not repeat the name it was sent. */
export const UNKNOWN_NAME: ContractError = {
  code: 'UNKNOWN_NAME',
  sentence:
    'The contract has no such call or stream. The window and the app may be of different versions: restart both.',
};

export const TOO_MANY_SUBSCRIPTIONS: ContractError = {
  code: 'TOO_MANY_SUBSCRIPTIONS',
  sentence:
    'Too many views are open at once, so this one is not kept up to date. Close some windows or views and open it again.',
};
