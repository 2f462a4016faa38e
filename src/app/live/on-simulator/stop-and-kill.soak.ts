/** 200 kills with an emergency stop pressed before, between or after: `SOAK_KILLS` sets how many, `FC_SEED` which. */

import { expect, it } from 'vitest';
import { StopAndKill } from './testing/stop-and-kill.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const KILLS = Number(process.env['SOAK_KILLS'] ?? 200);
/** An account may enter twenty times a day. */
const KILLS_A_PROFILE = 8;

it(`${KILLS} kills with a stop pressed leave nothing of ours behind (seed ${SEED})`, async () => {
  const totals = new Map<string, number>();
  let longest = 0;
  for (let profile = 0; profile * KILLS_A_PROFILE < KILLS; profile += 1) {
    const story = await StopAndKill.open(SEED + profile);
    const kills = Math.min(KILLS_A_PROFILE, KILLS - profile * KILLS_A_PROFILE);
    for (let kill = 0; kill < kills; kill += 1) await story.letDie();
    await story.letEnd();
    const { longestStopSeconds, ...counts } = story.figures;
    longest = Math.max(longest, longestStopSeconds);
    for (const [name, count] of Object.entries(counts)) {
      totals.set(name, (totals.get(name) ?? 0) + count);
    }
  }
  const figures = { ...Object.fromEntries(totals), longestStopSeconds: longest };
  process.stdout.write(`Stops and kills, seed ${SEED}: ${JSON.stringify(figures)}\n`);
  expect(totals.get('kills')).toBe(KILLS);
  expect(totals.get('stops carried out')).toBe(totals.get('stops in force'));
});
