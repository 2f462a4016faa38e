/** Hours of trading in which something goes wrong every minute, and what they came to. */

import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import { expectSoundJournal } from '../../testing/live-journal.ts';
import { verifyJournal } from '../../verify-journal.ts';
import { Chance } from './chance.ts';
import { FAULT_ROWS } from './fault-table.ts';
import { HOUR_BOTS, MANY_TRADES } from './hour-bots.ts';
import { Person } from './person.ts';
import { SimulatorStage } from './simulator-stage.ts';
import { doubleEntries, wrongs } from './sound.ts';
import { STORIES } from './stories.ts';

export interface HoursSetting {
  readonly seed: number;
  /** ms UTC. */
  readonly start: number;
  readonly durationMs: number;
  /** Between two looks at the open orders and between two prices, ms. */
  readonly everyMs: number;
  /** Between two times that everything comes to rest and the books are compared, ms. */
  readonly auditMs: number;
}

export interface HoursFigures {
  readonly orders: number;
  readonly fills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly restarts: number;
  readonly crashes: number;
  readonly stops: number;
  /** Orders that nobody answered for, and those of them that had never arrived. */
  readonly unknowns: number;
  readonly lost: number;
  readonly lookUps: number;
  /** By their code. */
  readonly alerts: Readonly<Record<string, number>>;
  readonly days: number;
  readonly audits: number;
}

/** By then everything that went wrong has been asked for again, ms. */
const REST_MS = 120_000;

const TARGETS = Object.values(STORIES).map(({ target }) => target);

class TradingHours {
  readonly #stage: SimulatorStage;
  readonly #chance: Chance;
  readonly #person: Person;
  readonly #faults = new Map<string, number>();
  #restarts = 0;
  #crashes = 0;
  #audits = 0;

  constructor(stage: SimulatorStage, chance: Chance) {
    this.#stage = stage;
    this.#chance = chance;
    this.#person = new Person(stage, chance);
  }

  async run({ start, durationMs, auditMs }: HoursSetting): Promise<HoursFigures> {
    for (const { config, instrument } of HOUR_BOTS) await this.#stage.addBot(config, instrument);
    let nextFault = start + this.#chance.whole(30_000, 90_000);
    let nextEnd = start + this.#chance.whole(0.5 * auditMs, 1.5 * auditMs);
    let nextAudit = start + auditMs;
    while (this.#now < start + durationMs) {
      await this.#stage.advance(this.#chance.whole(3_000, 15_000));
      await this.#person.act();
      this.#expectSingleEntries();
      if (this.#now >= nextFault) {
        this.#goWrong();
        nextFault = this.#now + this.#chance.whole(30_000, 90_000);
      }
      if (this.#now >= nextEnd) {
        await this.#end();
        nextEnd = this.#now + this.#chance.whole(0.5 * auditMs, 1.5 * auditMs);
      }
      if (this.#now >= nextAudit) {
        await this.#audit();
        nextAudit = this.#now + auditMs;
      }
    }
    await this.#audit();
    await this.#stage.restart();
    this.#expectSoundJournal();
    return this.#figures();
  }

  get #now(): number {
    return this.#stage.clock.now();
  }

  #goWrong(): void {
    const { faults, end } = this.#chance.oneOf(FAULT_ROWS);
    const fault = this.#chance.oneOf(faults)(this.#chance.oneOf(TARGETS));
    const { kind } = fault;
    this.#stage.fault(fault);
    this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
    if (end === null) return;
    const lasts = this.#chance.whole(5_000, 40_000);
    this.#stage.clock.run().setTimer(lasts, () => this.#stage.fault(end));
  }

  /** The app is closed or dies, now and then with orders on their way; what it has missed it finds at its start. */
  async #end(): Promise<void> {
    if (this.#chance.isTrue(0.3)) this.#stage.deposit(this.#chance.whole(-50, 50));
    if (this.#chance.isTrue(0.4)) {
      this.#restarts += 1;
      return this.#stage.restart();
    }
    this.#crashes += 1;
    if (this.#chance.isTrue(0.7)) this.#person.hurry();
    return this.#stage.crash();
  }

  async #audit(): Promise<void> {
    this.#stage.simulator.control.clearFaults();
    await this.#person.arm();
    await this.#stage.advance(REST_MS);
    this.#audits += 1;
    let wrong = wrongs(this.#stage.ledger);
    // The market does not stand still: what has filled since the last look is found at the next.
    for (let tries = 0; wrong.length > 0 && tries < 10; tries += 1) {
      await this.#stage.advance(7_000);
      wrong = wrongs(this.#stage.ledger);
    }
    if (wrong.length > 0) throw new Error(`${this.#when}:\n${wrong.join('\n')}`);
  }

  #expectSingleEntries(): void {
    const double = doubleEntries(this.#stage.ledger);
    if (double.length > 0) throw new Error(`${this.#when}: ${double.join(', ')}`);
  }

  #expectSoundJournal(): void {
    const { account, store } = this.#stage;
    const { difference } = verifyJournal(store.journal(account.id));
    if (difference !== null) throw new Error(`The journal: ${JSON.stringify(difference)}`);
    expectSoundJournal(store);
  }

  get #when(): string {
    return new Date(this.#now).toISOString();
  }

  #figures(): HoursFigures {
    const { account, store, simulator, wire } = this.#stage;
    const kept = store.orders(account.id, 1_000_000);
    const alerts = store.alerts(account.id, 1_000_000);
    const { orders, fills } = simulator.control.truth();
    return {
      orders: orders.length,
      fills: fills.length,
      faults: Object.fromEntries(this.#faults),
      restarts: this.#restarts,
      crashes: this.#crashes,
      stops: this.#person.stops,
      unknowns: alerts.filter(({ code }) => code === 'ORDER_UNKNOWN').length,
      lost: kept.filter(({ neverArrived }) => neverArrived).length,
      lookUps: wire.count({ method: 'GET', path: '/order' }),
      days: store.days(account.id).length,
      alerts: countsOf(alerts.map(({ code }) => code)),
      audits: this.#audits,
    };
  }
}

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** @throws Error with what is wrong, when, and the seed */
export async function tradeForHours(setting: HoursSetting): Promise<HoursFigures> {
  const { seed, start, everyMs } = setting;
  const stage = await SimulatorStage.open({
    start,
    market: { kind: 'walk', seed },
    limits: MANY_TRADES,
    watchMs: everyMs,
    pulseMs: everyMs,
  });
  try {
    return await new TradingHours(stage, new Chance(seed)).run(setting);
  } catch (error) {
    throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
  }
}

export const HOUR_MS = 60 * MINUTE_MS;
