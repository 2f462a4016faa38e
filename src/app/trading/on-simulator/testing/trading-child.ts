/**
 * A process that trades live on a simulator in another one: `node trading-child.ts PLAN`, the plan as JSON. It brings
 * books and exchange together, compares them, says what is wrong on a line of JSON, and trades on until it dies.
 */

import { z } from 'zod';
import { Chance } from './chance.ts';
import { deathSchema, Executioner } from './death.ts';
import { DistantTrader } from './distant-trader.ts';
import { Person } from './person.ts';

const planSchema = z.strictObject({
  path: z.string(),
  restUrl: z.string(),
  controlUrl: z.string(),
  seed: z.int(),
  death: deathSchema,
});

/** By then everything has been asked for, s. */
const CALM_SECONDS = 45;

/** A process that nobody kills is done after so many turns. */
const MOST_TURNS = 200;

const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''));
const executioner = new Executioner(plan.death);
const trader = await DistantTrader.open({ ...plan, executioner });
await trader.pass(CALM_SECONDS);
process.stdout.write(`${JSON.stringify(await trader.wrongs())}\n`);

executioner.isCounting = true;
const chance = new Chance(plan.seed);
const person = new Person(trader, chance);
await person.arm();
for (let turn = 0; plan.death.at !== 'never' && turn < MOST_TURNS; turn += 1) {
  if (chance.isTrue(0.5)) person.hurry();
  await trader.pass(chance.whole(1, 6));
  await person.act();
  process.stdout.write('.\n');
}
await trader.close();
