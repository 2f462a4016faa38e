/**
 * A process that trades live on a simulator in another one, and whose emergency stop is pressed: `node
 * stopping-child.ts PLAN`, the plan as JSON. A stop that is in force at its start is carried out, and what its report
 * says is told line by line; then it is armed, and traded on until it dies.
 */

import { z } from 'zod';
import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import { mayArm } from '../../../stop/arming.ts';
import { Chance } from '../../../trading/on-simulator/testing/chance.ts';
import { deadly, deathSchema, Executioner } from '../../../trading/on-simulator/testing/death.ts';
import { BTC, ETH } from '../../../trading/on-simulator/testing/instruments.ts';
import { PriceTape } from '../../../trading/on-simulator/testing/price-tape.ts';
import { StageClock } from '../../../trading/on-simulator/testing/stage-clock.ts';
import { Wire } from '../../../trading/on-simulator/testing/wire.ts';
import { enterByHand } from '../../../trading/enter-by-hand.ts';
import { botByHand } from './bot-by-hand.ts';
import { CONFIRMATION, openProfile, type ProfileAtWork } from './profile-at-work.ts';
import type { Line } from './stop-lines.ts';

const planSchema = z.strictObject({
  path: z.string(),
  restUrl: z.string(),
  controlUrl: z.string(),
  seed: z.int(),
  /** Unlike any other process's. */
  run: z.int(),
  death: deathSchema,
  /** At which turn the stop is pressed here, and whether it dies as soon as that is on disk; `null` for never. */
  press: z.strictObject({ turn: z.int(), flatten: z.boolean(), isLast: z.boolean() }).nullable(),
});

const STEP_MS = 1_000;
const TIMEOUT_MS = 5_000;

/** Turns by which a process dies that has not come to what it was to die of. */
const MOST_TURNS = 12;

/** s: a stop that is not carried out by then has failed; an order that nobody knows of is asked for for a minute. */
const MOST_SECONDS = 600;

/** How far the price falls once a stop is carried out: through every limit and every guard. */
const FALL = 0.88;

const PAIRS = [
  { botId: 'by hand BTC', symbol: 'BTC/USDT', wire: 'BTCUSDT' },
  { botId: 'second BTC', symbol: 'BTC/USDT', wire: 'BTCUSDT' },
  { botId: 'by hand ETH', symbol: 'ETH/USDT', wire: 'ETHUSDT' },
] as const;

const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''));
const executioner = new Executioner(plan.death);
const chance = new Chance(plan.seed);
const tape = new PriceTape([BTC, ETH]);
const wire = new Wire((orderId) => say({ kind: 'sent', orderId, time: clock.now() }));
let truth = await control('GET /truth');
const clock = new StageClock(truth.time, () => wire.settled());

function say(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function control(call: string, body?: unknown): Promise<Truth> {
  const [method = 'GET', path = ''] = call.split(' ');
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(plan.controlUrl + path, { method, ...sent });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the simulator is of this tree, and so is its truth
  return (await answer.json()) as Truth;
}

async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    truth = await control('POST /clock', { advanceMs: STEP_MS });
    await clock.advance(STEP_MS);
    tape.pulse(clock.now(), truth.prices);
    await wire.settled();
  }
}

async function until(isSo: () => boolean): Promise<boolean> {
  for (let seconds = 0; !isSo() && seconds < MOST_SECONDS; seconds += 1) await pass(1);
  return isSo();
}

async function open(): Promise<ProfileAtWork> {
  const run = clock.run();
  let tokens = 0;
  return openProfile({
    path: plan.path,
    venue: 'binanceus',
    clock: run,
    market: tape.market,
    fetch: deadly(wire.plugIn(plan.restUrl, run, TIMEOUT_MS).fetch, executioner),
    newToken: () => `x${plan.run}${'abcdefghij'[(tokens += 1) % 10] ?? ''}`,
    reportFault: (error) => say({ kind: 'fault', what: String(error) }),
    onCommit: () => executioner.pass('commit'),
  });
}

/** Tells what the report says, second by second, until it says that it is carried out. */
async function obey({ desk }: ProfileAtWork): Promise<void> {
  let report = desk.report();
  for (let seconds = 0; report !== null && seconds < MOST_SECONDS; seconds += 1) {
    say({ kind: 'report', time: clock.now(), report });
    if (report.state === 'carried-out') break;
    await pass(1);
    report = desk.report();
  }
  for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
    const fallen = Number(truth.prices[symbol]) * FALL;
    await control('POST /market', { symbol, price: fallen.toFixed(2) });
  }
  await pass(8);
  say({ kind: 'obeyed', time: clock.now(), report: desk.report() });
}

/** Armed by hand, connected, and live. */
async function goLive({ live, desk, stops }: ProfileAtWork): Promise<void> {
  const refusal = mayArm({ stops, report: desk.report() }, ['paper', 'live'], false);
  if (refusal?.ok === false) say({ kind: 'not-armed', sentence: refusal.error.sentence });
  say({ kind: 'armed' });
  live.arm();
  let isConnected = false;
  const isLive = await until(() => {
    if (!isConnected)
      live.connect().then(
        ({ ok }) => (isConnected = ok),
        () => {},
      );
    // What was not open when it was armed is still halted, and says so.
    if (live.account()?.session.engine.account.tradingState === 'halted') live.arm();
    return live.account() !== null && live.confirm(CONFIRMATION, live.state().shown).ok;
  });
  if (!isLive) say({ kind: 'not-live', sentence: live.closedBecause() ?? '' });
  const account = live.account();
  for (const { botId, symbol } of PAIRS) {
    if (account?.session.engine.bots.find(botId) !== null) continue;
    const instrument = await account.instrument(symbol);
    if (instrument.ok) account.addBot(botByHand(botId, symbol), instrument.value);
  }
  // What was kept over the stop makes room, mostly.
  for (const { botId } of PAIRS) if (chance.isTrue(0.8)) account?.closePosition(botId);
  await pass(3);
}

/** Buys at the market or below it, or closes what is open. */
function act({ live }: ProfileAtWork): void {
  const account = live.account();
  if (account?.session.fault !== null) return;
  const { botId, wire: name } = chance.oneOf(PAIRS);
  if (account.session.engine.bots.find(botId) === null) return;
  if (chance.isTrue(0.2)) return account.closePosition(botId);
  const price = Number(truth.prices[name]);
  const limit = chance.isTrue(0.4) ? onTick(price * chance.between(0.95, 0.999)) : null;
  const stop = onTick((limit ?? price) * chance.between(0.93, 0.98));
  const target = chance.isTrue(0.4) ? onTick(price * chance.between(1.02, 1.06)) : null;
  const entry = { botId, cost: chance.between(8, 50), limit, stop, target };
  const answer = enterByHand(account, entry);
  if (answer.ok && answer.value.kind === 'denied') say({ kind: 'denied', code: answer.value.code });
}

function onTick(price: number): number {
  return Math.round(price * 10) / 10;
}

const profile = await open();
await wire.settled();
if (profile.stops.order !== null) await obey(profile);
await goLive(profile);
// What is pressed here is pressed while it lives.
executioner.isCounting = plan.press === null;
for (let turn = 0; plan.death.at !== 'never' && turn < MOST_TURNS; turn += 1) {
  if (plan.press?.turn === turn) {
    say({ kind: 'pressed', time: clock.now() });
    const pressed = profile.desk.press(plan.press.flatten);
    if (plan.press.isLast) process.kill(process.pid, 'SIGKILL');
    executioner.isCounting = true;
    pressed.catch((error: unknown) => say({ kind: 'fault', what: String(error) }));
  }
  act(profile);
  if (chance.isTrue(0.4)) act(profile);
  await pass(chance.whole(0, 3));
  say({ kind: 'turn' });
}
say({ kind: 'ended' });
if (plan.death.at === 'never') process.exit(0);
process.kill(process.pid, 'SIGKILL');
