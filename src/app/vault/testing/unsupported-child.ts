/** The keychain's process on a system for which the library has no binary. */

import { registerHooks } from 'node:module';

registerHooks({
  resolve(name, context, next) {
    if (name === '@napi-rs/keyring') throw new Error('Cannot find native binding');
    return next(name, context);
  },
});

await import('../keychain-child.ts');
