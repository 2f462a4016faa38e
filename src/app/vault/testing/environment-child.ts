/** Stands in for the keychain's process and answers every call with what it knows of home and exchange. */

import { Request } from '../keychain-messages.ts';

process.on('message', (message) => {
  const { id } = Request.parse(message);
  // Node and the system add names of their own.
  const names = Object.keys(process.env).filter((name) =>
    /^(HOME|EXCHANGE_.*|.*TOKEN.*|TELEGRAM_.*|.*KEY.*)$/.test(name),
  );
  process.send?.({ kind: 'done', id, value: names.join(' ') });
});
process.on('disconnect', () => process.exit());
