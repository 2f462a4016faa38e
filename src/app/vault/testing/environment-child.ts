/** Stands in for the keychain's process and answers every call with the names in its environment. */

import { Request } from '../keychain-messages.ts';

process.on('message', (message) => {
  const { id } = Request.parse(message);
  // Node adds names of its own.
  const names = Object.keys(process.env).filter((name) => !name.startsWith('NODE_'));
  process.send?.({ kind: 'done', id, value: names.join(' ') });
});
process.on('disconnect', () => process.exit());
