/** A process that saves one secret after the other and says which are saved, until it is killed. */

import { randomBytes } from 'node:crypto';
import { EncryptedFile } from '../encrypted-file.ts';

const [, , path = '', passphrase = '', first = '0'] = process.argv;
const file = new EncryptedFile({ path, randomBytes });
const unlocked = await file.unlock(passphrase);
if (!unlocked.ok) throw new Error(unlocked.error.sentence);
for (let index = Number(first); ; index += 1) {
  const saved = await file.write('p/binance', `${index} ${'x'.repeat(100_000)}`);
  if (!saved.ok) throw new Error(saved.error.sentence);
  process.stdout.write(`${index}\n`);
}
