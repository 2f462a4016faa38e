/** A process that holds a profile's lock until it is killed. */

import { takeProfileLock } from '../profile-lock.ts';

const release = takeProfileLock(process.argv[2] ?? '');
process.stdout.write(release === null ? 'refused\n' : 'held\n');
setInterval(() => {}, 60_000);
