/** A process that dies in the middle of a migration step, after some of its statements. */

import { connect } from '../sqlite-storage.ts';
import { migrate } from '../migrations.ts';
import { STEPS } from './migration-steps.ts';

const path = process.argv[2] ?? '';
const database = connect(path);
database.function('die', () => {
  process.kill(process.pid, 'SIGKILL');
  return 0;
});
const [first, second] = STEPS;
const dying = { ...second, sql: `${second.sql}; SELECT die();` };
await migrate(database, [first, dying], (version) => `${path}.version-${version}`);
