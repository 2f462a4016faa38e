/** A process that trades live, killed at any moment while the exchange goes on: nothing is lost, nothing is sent twice. */

import { expect, it } from 'vitest';
import { killAndKill } from './testing/killing-live.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const KILLS = 10;

it(`killed ${KILLS} times, it knows afterwards what was sent and what became of it (seed ${SEED})`, async () => {
  const figures = await killAndKill(SEED, KILLS);
  expect(figures.audits).toBeGreaterThan(1);
  expect(figures.orders).toBeGreaterThan(10);
}, 120_000);
