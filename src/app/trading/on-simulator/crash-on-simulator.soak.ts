/** 150 kills of a process that trades live, at random moments. */

import { expect, it } from 'vitest';
import { killAndKill } from './testing/killing-live.ts';

const KILLS = 150;
const KILLS_A_PROFILE = 25;
const SEED = Number(process.env['FC_SEED'] ?? 42);

it(`survives ${KILLS} kills on the simulator (seed ${SEED})`, async () => {
  const totals = new Map<string, number>();
  const add = (name: string, count: number) => totals.set(name, (totals.get(name) ?? 0) + count);
  for (let profile = 0; profile < KILLS / KILLS_A_PROFILE; profile += 1) {
    const { kills, ...counts } = await killAndKill(SEED + profile, KILLS_A_PROFILE);
    for (const [name, count] of Object.entries({ ...kills, ...counts })) add(name, count);
  }
  const figures = JSON.stringify(Object.fromEntries(totals));
  process.stdout.write(`Kills on the simulator, seed ${SEED}: ${figures}\n`);
  expect(totals.get('orders')).toBeGreaterThan(KILLS);
});
