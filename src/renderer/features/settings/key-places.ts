/** Where a key is kept, in words that go on after it. */

import type { LiveState } from '../../../contract/live.ts';

export const KEY_PLACES = {
  keychain: 'in the keychain of this computer',
  file: 'in the encrypted file',
  environment: 'from the environment: other programs of yours can read it',
} as const satisfies Record<NonNullable<LiveState['key']>['place'], string>;
