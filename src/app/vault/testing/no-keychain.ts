/** A system without a keychain. */

import { unavailable } from '../keychain-reasons.ts';
import type { Keychain } from '../keychain.ts';

const absent = () => Promise.resolve(unavailable('absent'));

export const NO_KEYCHAIN: Keychain = {
  getPassword: absent,
  setPassword: absent,
  deletePassword: absent,
  findCredentials: absent,
  probe: async () => {
    const { reason, sentence } = unavailable('absent').error;
    return { works: false, reason, sentence };
  },
  close: () => {},
};
