/** An account at work on a simulator in another process, whose clock it moves. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import type { TradingAccount } from '../../trading-account.ts';
import { verifyJournal } from '../../verify-journal.ts';
import { START_USDT } from './books.ts';
import { deadly, type Executioner } from './death.ts';
import { HOUR_BOTS, MANY_TRADES } from './hour-bots.ts';
import { BTC, ETH } from './instruments.ts';
import { openLiveRun, type LiveRun } from './live-run.ts';
import { PriceTape } from './price-tape.ts';
import { wrongs } from './sound.ts';
import { StageClock } from './stage-clock.ts';
import { Wire } from './wire.ts';

export interface DistantSetting {
  /** Of the profile. */
  readonly path: string;
  readonly restUrl: string;
  readonly controlUrl: string;
  readonly executioner: Executioner;
}

const STEP_MS = 1_000;
const TIMEOUT_MS = 5_000;
const WATCH_MS = 2_000;

export class DistantTrader {
  readonly clock: StageClock;
  readonly #setting: DistantSetting;
  readonly #wire: Wire;
  readonly #tape = new PriceTape([BTC, ETH]);
  readonly #faults: unknown[] = [];
  #truth: Truth;
  #run: LiveRun | null = null;

  /** Goes on at the simulator's time with what the profile holds. */
  static async open(setting: DistantSetting): Promise<DistantTrader> {
    const trader = new DistantTrader(setting, await truthOf(setting));
    await trader.#start();
    return trader;
  }

  private constructor(setting: DistantSetting, truth: Truth) {
    this.#setting = setting;
    this.#truth = truth;
    this.#wire = new Wire((clientId) => appendFileSync(listOf(setting), `${clientId}\n`));
    this.clock = new StageClock(truth.time, () => this.settled());
  }

  get account(): TradingAccount {
    if (this.#run === null) throw new Error('The account is not open.');
    return this.#run.account;
  }

  settled(): Promise<void> {
    return this.#wire.settled();
  }

  /** Lets time pass here and there. */
  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 1) {
      this.#truth = await truthOf(this.#setting, STEP_MS);
      await this.clock.advance(STEP_MS);
      this.#tape.pulse(this.clock.now(), this.#truth.prices);
      await this.settled();
    }
  }

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await this.pass(1);
  }

  /** What books and truth disagree on once everything has come to rest, and where a journal does not replay. */
  async wrongs(): Promise<readonly string[]> {
    const { account, store } = this.#opened;
    const { difference } = verifyJournal(store.journal(account.id));
    const wrong = await this.#differences();
    return difference === null ? wrong : [...wrong, JSON.stringify(difference)];
  }

  async #differences(): Promise<readonly string[]> {
    for (let tries = 1; ; tries += 1) {
      const { account, store } = this.#opened;
      this.#truth = await truthOf(this.#setting);
      const wrong = wrongs({
        account,
        store,
        truth: this.#truth,
        placed: placedOf(this.#setting),
        deposited: START_USDT,
        faults: this.#faults,
      });
      // The market does not stand still: what has filled since the last look is found at the next.
      if (wrong.length === 0 || tries === MOST_TRIES) return wrong;
      await this.pass(7);
    }
  }

  /** Ends in good order. */
  async close(): Promise<void> {
    let isClosed = false;
    const closed = this.account.close().then(() => {
      isClosed = true;
    });
    await this.settled();
    await this.until(() => isClosed);
    await closed;
    this.#opened.close();
  }

  get #opened(): LiveRun {
    if (this.#run === null) throw new Error('The account is not open.');
    return this.#run;
  }

  async #start(): Promise<void> {
    const { path, restUrl, executioner } = this.#setting;
    const clock = this.clock.run();
    const end = this.#wire.plugIn(restUrl, clock, TIMEOUT_MS);
    this.#run = await openLiveRun({
      path,
      clock,
      market: this.#tape.market,
      fetch: deadly(end.fetch, executioner),
      limits: MANY_TRADES,
      watchMs: WATCH_MS,
      reportFault: (error) => this.#faults.push(error),
      onCommit: () => executioner.pass('commit'),
    });
    const { account, store } = this.#run;
    const known = new Set(store.current()?.bots.map(({ config }) => config.id));
    const started = account.start();
    await this.settled();
    await this.until(() => account.isReconciled);
    await started;
    for (const { config, instrument } of HOUR_BOTS) {
      if (!known.has(config.id)) account.addBot(config, instrument);
    }
  }
}

const MOST_TRIES = 10;

async function truthOf({ controlUrl }: DistantSetting, advanceMs?: number): Promise<Truth> {
  const answer = await (advanceMs === undefined
    ? fetch(`${controlUrl}/truth`)
    : fetch(`${controlUrl}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs }) }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the simulator is of this tree, and so is its truth
  return (await answer.json()) as Truth;
}

/** Ids that any process has sent for this profile; the file outlives the one that writes it. */
function listOf({ path }: DistantSetting): string {
  return `${path}.placed`;
}

function placedOf(setting: DistantSetting): readonly string[] {
  const list = listOf(setting);
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : [];
}
