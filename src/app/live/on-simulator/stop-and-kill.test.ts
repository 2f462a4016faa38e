/** The soak of `stop-and-kill.soak.ts`, short: a stop is pressed, and the process is killed around it. */

import { expect, it } from 'vitest';
import { StopAndKill } from './testing/stop-and-kill.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const KILLS = 1;

it(`a stop is carried out whatever is killed around it (seed ${SEED})`, async () => {
  const story = await StopAndKill.open(SEED);
  for (let kill = 0; kill < KILLS; kill += 1) await story.letDie();
  await story.letEnd();
  expect(story.figures).toMatchObject({ kills: KILLS, soldUnbought: 0 });
}, 240_000);
