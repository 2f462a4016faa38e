/**
 * Kills processes that trade live while an emergency stop is pressed, before the kill or after it, and holds what their
 * reports say against the exchange's own books.
 */

import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { units } from '../../../../../e2e/exchange-simulator/decimal.ts';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { TrueOrder, Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import { openStops } from '../../../stop/open-stops.ts';
import type { StopReport } from '../../../stop/stop-report.ts';
import { startChild } from '../../../storage/testing/child-process.ts';
import { rethrow } from '../../../testing/rethrow.ts';
import { Chance } from '../../../trading/on-simulator/testing/chance.ts';
import type { Death } from '../../../trading/on-simulator/testing/death.ts';
import { FAULT_ROWS } from '../../../trading/on-simulator/testing/fault-table.ts';
import { memoryFolder } from '../../../trading/on-simulator/testing/memory-folder.ts';
import { NOON } from '../../../trading/on-simulator/testing/simulator-stage.ts';
import type { Line } from './stop-lines.ts';

const CHILD = new URL('./stopping-child.ts', import.meta.url);

/** Delays of the simulator are real ones here: long enough that the sender is dead, ms. */
const LATE_MS = 150;

/** At which point a process dies, and after how many of them at most. */
const OUTSIDE = { at: 'outside', most: 4 } as const;
const DEATHS = [
  { at: 'commit', most: 20 },
  { at: 'sent', most: 4 },
  { at: 'answered', most: 4 },
  OUTSIDE,
] as const satisfies readonly { readonly at: Death['at']; readonly most: number }[];

/** The person's own, in BTC. */
const OWN_BTC = 0.005;

/** So much that no day of falling prices ends live mode. */
const USDT = '100000';

/** What the exchange takes no order under, in USDT. */
const LEAST_WORTH = 5;

/** In base: what sums of decimal amounts may differ by. */
const ROUNDING = 1e-9;

const PLACE = { method: 'POST', path: '/order' } as const;

/** Ends by itself, and lets no order arrive later than it was sent: what is sent after a stop must be told apart. */
const PASSING = FAULT_ROWS.filter(
  ({ faults, end }) => end === null && faults[0]?.(PLACE).kind !== 'delay',
);

/** A process that runs looks for what others press every second, and time moves in seconds here, ms. */
const SEEN_WITHIN_MS = 2_000;

interface Pressed {
  readonly flatten: boolean;
  /** ms UTC. */
  readonly at: number;
  /** ms UTC; whoever runs has seen it by then, and what is ordered later is ordered in spite of it. */
  readonly seenBy: number;
}

export class StopAndKill {
  readonly #simulator: Simulator;
  readonly #path: string;
  readonly #chance: Chance;
  readonly #counts = new Map<string, number>();
  #run = 0;
  #pressed: Pressed | null = null;
  /** ms UTC of the first report of this stop that said so. */
  #carriedOutAt: number | null = null;
  #isObeyed = false;
  /** Ids of orders that left after a stop was pressed and seen. */
  readonly #sentInSpite = new Set<string>();
  #longestSeconds = 0;

  static async open(seed: number): Promise<StopAndKill> {
    const simulator = await startSimulator({
      market: { kind: 'still', seed: 1 },
      balances: { USDT: units(USDT), BTC: units(String(OWN_BTC)), ETH: 0n },
      now: () => NOON,
      wait: (ms) => sleep(Math.min(ms, LATE_MS)),
    });
    onTestFinished(simulator.close);
    const path = join(await memoryFolder(), 'cryptopiggy.sqlite');
    return new StopAndKill(simulator, path, new Chance(seed));
  }

  private constructor(simulator: Simulator, path: string, chance: Chance) {
    this.#simulator = simulator;
    this.#path = path;
    this.#chance = chance;
  }

  get figures() {
    const { orders, fills } = this.#truth;
    return {
      ...Object.fromEntries(this.#counts),
      orders: orders.length,
      fills: fills.length,
      longestStopSeconds: this.#longestSeconds,
      soldUnbought: OWN_BTC - held(this.#truth, 'BTC') > ROUNDING ? 1 : 0,
    };
  }

  /** One process that trades and dies, with a stop that was pressed before or is pressed after. */
  async letDie(): Promise<void> {
    const chance = this.#chance;
    this.#renewPrices();
    this.#goWrong();
    const moment = chance.oneOf(['before', 'meanwhile', 'after'] as const);
    const flatten = chance.isTrue(0.5);
    const { at, most } = moment === 'meanwhile' ? OUTSIDE : chance.oneOf(DEATHS);
    const turn = chance.whole(1, 5);
    const death: Death = {
      at,
      count: at === 'outside' ? turn + chance.whole(1, most) : chance.whole(1, most),
      // Also while a stop of before is being carried out.
      isEarly: at !== 'outside' && this.#pressed !== null && chance.isTrue(0.2),
    };
    const press = moment === 'before' ? { turn, flatten, isLast: chance.isTrue(0.2) } : null;
    await this.#live(death, press, moment === 'meanwhile' ? { turn, flatten } : null);
    this.#add(`killed ${at}`);
    this.#add('kills');
    if (this.#pressed === null) this.#press(flatten, 'after');
    this.#expectOwnCoins();
  }

  /** One more life, in which a stop that is in force is carried out. */
  async letEnd(): Promise<void> {
    this.#simulator.control.clearFaults();
    await this.#live({ at: 'never', count: 0, isEarly: false }, null, null);
    expect(this.#pressed, 'a stop that was never carried out').toBeNull();
    this.#expectOwnCoins();
  }

  get #truth(): Truth {
    return this.#simulator.control.truth();
  }

  #add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Where they were before they fell. */
  #renewPrices(): void {
    this.#simulator.control.movePrice('BTCUSDT', this.#chance.between(58_000, 62_000).toFixed(1));
    this.#simulator.control.movePrice('ETHUSDT', this.#chance.between(2_900, 3_100).toFixed(1));
  }

  /** Something that ends by itself, for an order to meet. */
  #goWrong(): void {
    this.#simulator.control.clearFaults();
    if (this.#chance.isTrue(0.5)) return;
    const { faults } = this.#chance.oneOf(PASSING);
    this.#simulator.control.fault(this.#chance.oneOf(faults)(PLACE));
  }

  /** By another process, as `piggy stop` does where none answers. */
  #press(flatten: boolean, moment: string): void {
    const { time } = this.#truth;
    const stops = openStops(dirname(this.#path), () => time, rethrow);
    stops.press(flatten);
    expect(stops.trouble).toBeNull();
    this.#notePress(flatten, time, moment);
  }

  #notePress(flatten: boolean, at: number, moment: string): void {
    this.#add('stops pressed');
    if (this.#pressed === null) this.#add('stops in force');
    this.#add(`pressed ${moment}`);
    if (flatten) this.#add('pressed with selling');
    const isFlat = flatten || this.#pressed?.flatten === true;
    const seenBy = at + (moment === 'meanwhile' ? SEEN_WITHIN_MS : 0);
    this.#pressed = { flatten: isFlat, at, seenBy };
    this.#carriedOutAt = null;
    this.#isObeyed = false;
  }

  async #live(
    death: Death,
    press: { readonly turn: number; readonly flatten: boolean; readonly isLast: boolean } | null,
    meanwhile: { readonly turn: number; readonly flatten: boolean } | null,
  ): Promise<void> {
    const { restUrl, controlUrl } = this.#simulator;
    const seed = this.#chance.whole(0, 2 ** 31);
    this.#run += 1;
    const plan = { path: this.#path, restUrl, controlUrl, seed, run: this.#run, death, press };
    const child = startChild(CHILD, JSON.stringify(plan));
    let turns = 0;
    for await (const text of child.lines) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was written by the child of this file
      const line = JSON.parse(text) as Line;
      if (line.kind === 'pressed') this.#notePress(press?.flatten === true, line.time, 'before');
      else if (line.kind === 'turn') {
        turns += 1;
        if (meanwhile?.turn === turns) this.#press(meanwhile.flatten, 'meanwhile');
        if (death.at === 'outside' && turns >= death.count) await child.kill();
      } else this.#hear(line);
    }
    const ended = await child.ended;
    const expected = death.at === 'never' ? 0 : 'SIGKILL';
    if (ended !== expected) throw new Error(`Run ${this.#run} ended with ${ended}.`);
  }

  #hear(line: Exclude<Line, { kind: 'turn' | 'pressed' }>): void {
    switch (line.kind) {
      case 'report':
        return this.#compare(line.report, line.time);
      case 'obeyed':
        return this.#obeyed(line.report, line.time);
      case 'sent':
        if (this.#pressed !== null && line.time >= this.#pressed.seenBy) {
          this.#sentInSpite.add(line.orderId);
        }
        return;
      case 'denied':
        return this.#add(`denied ${line.code}`);
      case 'armed':
        return this.#armed();
      case 'ended':
        return;
      case 'fault':
        // What a fault of the exchange breaks off is told; what counts is what comes of it.
        return this.#add('errors told');
      case 'not-armed':
      case 'not-live':
        throw new Error(`${line.kind} in run ${this.#run}: ${line.sentence}`);
    }
  }

  /** It may never say that it is done while something is open. */
  #compare(report: StopReport, time: number): void {
    this.#add('reports compared');
    const pressed = this.#pressed;
    if (pressed === null) throw new Error('There is a report of a stop that nobody pressed.');
    expect(report.flatten, 'what was asked').toBe(pressed.flatten);
    if (report.state !== 'carried-out') return;
    expect(report.notCancelled).toEqual([]);
    expect(report.notSold).toEqual([]);
    const { buying, resting, held: coins } = openAt(this.#truth, time);
    expect(buying, `run ${this.#run}: could still buy, called carried out`).toEqual([]);
    if (pressed.flatten) {
      expect(resting, `run ${this.#run}: still rests, called sold`).toEqual([]);
      expect(coins, `run ${this.#run}: still held, called sold`).toEqual([]);
    }
    this.#carriedOutAt ??= time;
    this.#longestSeconds = Math.max(this.#longestSeconds, (time - pressed.at) / 1_000);
  }

  /** After every price has fallen through every limit and every guard. */
  #obeyed(report: StopReport | null, time: number): void {
    const pressed = this.#pressed;
    const since = this.#carriedOutAt;
    if (pressed === null || since === null) {
      throw new Error(`Not carried out in run ${this.#run}: ${JSON.stringify(report)}`);
    }
    const { orders, fills } = this.#truth;
    const ours = new Map(orders.filter(isOurs).map((order) => [order.orderId, order]));
    const inSpite = [...ours.values()].filter(
      ({ side, clientOrderId }) => side === 'BUY' && this.#sentInSpite.has(clientOrderId),
    );
    expect(inSpite, `run ${this.#run}: ordered after the stop`).toEqual([]);
    const bought = fills.filter(
      (fill) =>
        ours.has(fill.orderId) && fill.side === 'BUY' && fill.time > since && fill.time <= time,
    );
    expect(bought, `run ${this.#run}: bought after the stop was carried out`).toEqual([]);
    this.#add('stops carried out');
    this.#isObeyed = true;
  }

  #armed(): void {
    if (this.#pressed !== null) expect(this.#isObeyed, 'armed before it was obeyed').toBe(true);
    this.#pressed = null;
    this.#carriedOutAt = null;
    this.#isObeyed = false;
  }

  #expectOwnCoins(): void {
    expect(held(this.#truth, 'BTC'), 'coins of the person').toBeGreaterThanOrEqual(
      OWN_BTC - ROUNDING,
    );
  }
}

function isOurs({ clientOrderId }: TrueOrder): boolean {
  return clientOrderId.startsWith('px');
}

function held({ balances }: Truth, asset: string): number {
  const { free = '0', locked = '0' } = balances[asset] ?? {};
  return Number(free) + Number(locked);
}

/** What of ours was open at a moment: orders that have not ended since, and coins. */
function openAt({ orders, fills, prices }: Truth, time: number) {
  const ours = orders.filter((order) => isOurs(order) && order.createdAt <= time);
  const open = ours.filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED');
  const ids = new Set(ours.map(({ orderId }) => orderId));
  const amounts = new Map<string, number>();
  for (const { orderId, symbol, side, quantity, commission, commissionAsset, time: at } of fills) {
    if (!ids.has(orderId) || at > time) continue;
    const fee = symbol.startsWith(commissionAsset) ? Number(commission) : 0;
    const by = (side === 'BUY' ? 1 : -1) * Number(quantity) - fee;
    amounts.set(symbol, (amounts.get(symbol) ?? 0) + by);
  }
  return {
    buying: open.filter(({ side }) => side === 'BUY').map(({ clientOrderId }) => clientOrderId),
    resting: open.map(({ clientOrderId }) => clientOrderId),
    held: [...amounts].filter(
      ([symbol, amount]) => amount * Number(prices[symbol] ?? 0) >= LEAST_WORTH,
    ),
  };
}
