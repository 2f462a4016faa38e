/** Kills a process that trades live, again and again, while the exchange lives on; and counts what that came to. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { units } from '../../../../../e2e/exchange-simulator/decimal.ts';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import { startChild } from '../../../storage/testing/child-process.ts';
import { memoryFolder } from './memory-folder.ts';
import { START_USDT } from './books.ts';
import { Chance } from './chance.ts';
import type { Death } from './death.ts';
import { FAULT_ROWS } from './fault-table.ts';
import { NOON } from './simulator-stage.ts';

const CHILD = new URL('./trading-child.ts', import.meta.url);

/** Delays of the simulator are real ones here: long enough that the sender is dead, ms. */
const LATE_MS = 150;

/** At which point a process dies, and after how many of them at most. */
const DEATHS = [
  { at: 'commit', most: 40 },
  { at: 'sent', most: 8 },
  { at: 'answered', most: 8 },
  { at: 'outside', most: 8 },
] as const satisfies readonly { readonly at: Death['at']; readonly most: number }[];

const PLACE = { method: 'POST', path: '/order' } as const;

export interface KillFigures {
  readonly kills: Readonly<Record<string, number>>;
  /** Times that a process compared its books with the truth. */
  readonly audits: number;
  readonly orders: number;
  readonly fills: number;
}

/** @throws Error with what is wrong, and after which death */
export async function killAndKill(seed: number, times: number): Promise<KillFigures> {
  const simulator = await startSimulator({
    market: { kind: 'walk', seed },
    balances: { USDT: units(String(START_USDT)), BTC: 0n, ETH: 0n },
    now: () => NOON,
    wait: (ms) => sleep(Math.min(ms, LATE_MS)),
  });
  onTestFinished(simulator.close);
  const path = join(await memoryFolder(), 'profile.sqlite');
  const killer = new Killer(simulator, path, new Chance(seed));
  for (let kill = 0; kill < times; kill += 1) await killer.letDie();
  await killer.letEnd();
  return killer.figures;
}

class Killer {
  readonly #simulator: Simulator;
  readonly #path: string;
  readonly #chance: Chance;
  readonly #kills = new Map<string, number>();
  #audits = 0;
  #before = 'the start';

  constructor(simulator: Simulator, path: string, chance: Chance) {
    this.#simulator = simulator;
    this.#path = path;
    this.#chance = chance;
  }

  get figures(): KillFigures {
    const { orders, fills } = this.#simulator.control.truth();
    const kills = Object.fromEntries(this.#kills);
    return { kills, audits: this.#audits, orders: orders.length, fills: fills.length };
  }

  async letDie(): Promise<void> {
    const { at, most } = this.#chance.oneOf(DEATHS);
    const count = this.#chance.whole(1, most);
    const death: Death = { at, count, isEarly: at !== 'outside' && this.#chance.isTrue(0.3) };
    this.#goWrong();
    const ended = await this.#live(death);
    if (ended !== 'SIGKILL') throw new Error(`It ended with ${ended} and was to die ${at}.`);
    this.#kills.set(at, (this.#kills.get(at) ?? 0) + 1);
    this.#before = `${at} ${count}${death.isEarly ? ' from its first moment' : ''}`;
  }

  /** One more life, in which the books are compared and nothing else happens. */
  async letEnd(): Promise<void> {
    const ended = await this.#live({ at: 'never', count: 0, isEarly: false });
    if (ended !== 0) throw new Error(`The last process ended with ${ended}.`);
  }

  /** Something that ends by itself, for an order to meet. */
  #goWrong(): void {
    this.#simulator.control.clearFaults();
    if (this.#chance.isTrue(0.4)) return;
    const { faults } = this.#chance.oneOf(FAULT_ROWS.filter(({ end }) => end === null));
    this.#simulator.control.fault(this.#chance.oneOf(faults)(PLACE));
  }

  async #live(death: Death): Promise<string | number | null> {
    const { restUrl, controlUrl } = this.#simulator;
    const seed = this.#chance.whole(0, 2 ** 31);
    const plan = { path: this.#path, restUrl, controlUrl, seed, death };
    const child = startChild(CHILD, JSON.stringify(plan));
    let signs = 0;
    for await (const line of child.lines) {
      if (line !== '.') this.#compared(line);
      else signs += 1;
      if (death.at === 'outside' && signs >= death.count) await child.kill();
    }
    return child.ended;
  }

  #compared(line: string): void {
    this.#audits += 1;
    if (line !== '[]') throw new Error(`After death at ${this.#before}: ${line}`);
  }
}
