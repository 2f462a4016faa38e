/**
 * A process that trades on paper until it is killed or done: `node replay-child.ts PROFILE [COMMITS]`.
 * With COMMITS it kills itself right after so many commits, between that one and whatever would have come next.
 */

import { openWavyReplay } from './wavy-replay.ts';

const [, , path = '', lastCommit = 'Infinity'] = process.argv;
let commits = 0;

const { storage, replay } = await openWavyReplay(path, () => {
  commits += 1;
  if (commits >= Number(lastCommit)) process.kill(process.pid, 'SIGKILL');
});
let events = 0;
replay.session.onEvent(() => {
  events += 1;
  if (events % 16 === 0) process.stdout.write('.\n');
});
const outcome = await replay.run();
if (!outcome.ok) throw new Error(outcome.error.sentence);
replay.session.close();
storage.close();
process.stdout.write('done\n');
