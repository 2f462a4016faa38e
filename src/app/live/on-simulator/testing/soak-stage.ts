/** A profile that trades live on a simulated exchange for a long time: one clock for both, and a gauge on what happens. */

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Control } from '../../../../../e2e/exchange-simulator/control.ts';
import { units } from '../../../../../e2e/exchange-simulator/decimal.ts';
import { startSimulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import { startKrakenSimulator } from '../../../../../e2e/kraken-simulator/simulator.ts';
import { memoryFolder } from '../../../trading/on-simulator/testing/memory-folder.ts';
import { BTC, ETH } from '../../../trading/on-simulator/testing/instruments.ts';
import { PriceTape } from '../../../trading/on-simulator/testing/price-tape.ts';
import { NOON } from '../../../trading/on-simulator/testing/simulator-stage.ts';
import { StageClock, type RunClock } from '../../../trading/on-simulator/testing/stage-clock.ts';
import { Wire, type WireEnd } from '../../../trading/on-simulator/testing/wire.ts';
import { enterByHand, type EntryByHand } from '../../../trading/enter-by-hand.ts';
import type { LiveAccount } from '../../live-account.ts';
import type { LiveGateway } from '../../live-gateway.ts';
import { botByHand } from './bot-by-hand.ts';
import { Gauge, LOOK_EVERY_MS } from './gauge.ts';
import { OrderRate } from './order-rate.ts';
import {
  CONFIRMATION,
  openProfile,
  type ProfileAtWork,
  type SimulatedVenue,
} from './profile-at-work.ts';

export interface SoakSetting {
  readonly venue?: SimulatedVenue;
  /** By coin, in decimals. */
  readonly balances: Readonly<Record<string, string>>;
  /** Of them what the person keeps to themselves, by coin; nothing by default. */
  readonly own?: Readonly<Record<string, number>>;
  /** ms UTC; a Monday at noon by default. */
  readonly start?: number;
  /** Stands between the app and its gateway. @param count to be called for each order that it keeps to itself */
  readonly through?: (gateway: LiveGateway, count: () => void) => LiveGateway;
}

/** What both simulators let a story do. */
type Hand = Pick<
  Control,
  | 'movePrice'
  | 'transfer'
  | 'placeByHand'
  | 'cancelByHand'
  | 'cancelAllByHand'
  | 'setFees'
  | 'setStatus'
  | 'clearFaults'
  | 'truth'
>;

interface Exchange {
  readonly restUrl: string;
  readonly hand: Hand;
  /** The exchange's own words for a refusal of every order from now on, until faults are cleared. */
  readonly refuse: (refusal: { readonly code: number; readonly msg: string }) => void;
  readonly close: () => Promise<void>;
}

interface Run extends ProfileAtWork {
  readonly clock: RunClock;
  readonly end: WireEnd;
}

/** As the gateway's own, on the stage's time. */
const TIMEOUT_MS = 5_000;

/** Between two prices that the app is told, ms. */
const PULSE_MS = 1_000;

const EVER = 1_000_000;

/** More than any story sends; the simulator of Kraken keeps a list of them. */
const MANY = 5_000;

/** As the exchange takes no order under it, in USDT. */
const LEAST_WORTH = { binanceus: 5, kraken: 3 } as const satisfies Record<SimulatedVenue, number>;

export class SoakStage {
  readonly clock: StageClock;
  readonly exchange: Exchange;
  readonly gauge: Gauge;
  /** Errors that nobody waited for: there must be none. */
  readonly faults: unknown[] = [];
  readonly #wire = new Wire();
  readonly #tape = new PriceTape([BTC, ETH, { ...BTC, symbol: 'BNB/USDT', base: 'BNB' }]);
  readonly #rate: OrderRate;
  readonly #path: string;
  readonly #setting: SoakSetting;
  #run: Run | null = null;
  #beat: RunClock | null = null;
  #tokens = 0;

  /** Connected, with live mode on and a price. */
  static async open(setting: SoakSetting): Promise<SoakStage> {
    const path = join(await memoryFolder(), 'cryptopiggy.sqlite');
    const time: { clock: StageClock | null } = { clock: null };
    const exchange = await exchangeOf(setting, {
      now: () => time.clock?.now() ?? setting.start ?? NOON,
      wait: (ms) =>
        new Promise((resolve) => {
          time.clock?.run().setTimer(ms, resolve);
        }),
    });
    const stage = new SoakStage(setting, exchange, path);
    time.clock = stage.clock;
    onTestFinished(() => stage.#close());
    stage.#wake();
    await stage.#start();
    await stage.goLive();
    return stage;
  }

  private constructor(setting: SoakSetting, exchange: Exchange, path: string) {
    const { venue = 'binanceus', start = NOON, own = {} } = setting;
    this.#setting = setting;
    this.#path = path;
    this.exchange = exchange;
    this.clock = new StageClock(start, () => this.#wire.settled());
    this.#rate = new OrderRate(this.clock.now);
    this.gauge = new Gauge({
      quote: 'USDT',
      symbols: ['BTCUSDT', 'ETHUSDT'],
      leastWorth: LEAST_WORTH[venue],
      rate: this.#rate,
      own,
      isOurs: (id) => id.startsWith('px'),
    });
  }

  get hand(): Hand {
    return this.exchange.hand;
  }

  get truth(): Truth {
    return this.exchange.hand.truth();
  }

  get profile(): ProfileAtWork {
    return this.#running;
  }

  get account(): LiveAccount {
    const account = this.#running.live.account();
    if (account === null) throw new Error('The account is not open.');
    return account;
  }

  /** Codes of all alerts so far, newest first. */
  get alerts(): readonly string[] {
    return this.#alerts().map(({ code }) => code);
  }

  settled(): Promise<void> {
    return this.#wire.settled();
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Lets time pass until something has come about. @throws Error where it has not within ten minutes */
  async until(isDone: () => boolean): Promise<void> {
    for (let waited = 0; !isDone(); waited += 500) {
      if (waited > 600_000) throw new Error('It did not come about within ten minutes.');
      await this.advance(500);
    }
  }

  /** As `until`, for what is promised. */
  async done<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => void (isOver = true);
    work.then(over, over);
    await this.settled();
    await this.until(() => isOver);
    return work;
  }

  /** Puts the price of a pair somewhere and tells the app. */
  async price(symbol: string, price: number): Promise<void> {
    this.hand.movePrice(symbol, price.toFixed(1));
    this.#pulse();
    await this.settled();
  }

  priceOf(symbol: string): number {
    return Number(this.truth.prices[symbol]);
  }

  /** What somebody does beside the app. @param own what they have more of their own afterwards, or less, by coin */
  byPerson(own: Readonly<Record<string, number>>, act: (hand: Hand) => void): void {
    this.look();
    this.gauge.byPerson(
      () => this.truth,
      own,
      () => act(this.hand),
    );
    this.look();
  }

  async addBot(id: string, symbol: string): Promise<void> {
    const instrument = await this.done(this.account.instrument(symbol));
    if (!instrument.ok) throw new Error(instrument.error.sentence);
    this.account.addBot(botByHand(id, symbol), instrument.value);
    await this.settled();
  }

  /** @returns `null` where it was sent, else the code of the denial */
  async enter(entry: EntryByHand): Promise<string | null> {
    const answer = enterByHand(this.account, entry);
    await this.settled();
    if (!answer.ok) throw new Error(answer.error.sentence);
    return answer.value.kind === 'denied' ? answer.value.code : null;
  }

  /** Live mode on, by hand, as soon as all its conditions hold. */
  async goLive(): Promise<void> {
    const { live } = this.#running;
    await this.done(live.connect());
    await this.advance(PULSE_MS);
    await this.until(() => live.confirm(CONFIRMATION, live.state().shown).ok);
    await this.settled();
  }

  /** Whether live mode could be confirmed: `false` on a day that has lost too much. */
  confirm(): boolean {
    return this.#running.live.confirm(CONFIRMATION, this.#running.live.state().shown).ok;
  }

  /** Closes the app, lets time pass at the exchange alone, and starts it again; live mode is off. */
  async sleep(ms: number): Promise<void> {
    await this.#end();
    this.look();
    this.#beat?.end();
    await this.advance(ms);
    this.#wake();
    this.look();
    await this.#start();
  }

  look(): void {
    const account = this.#run?.live.account() ?? null;
    const isWatched = account?.isReconciled === true;
    const watched = isWatched ? { account, alerts: () => this.#alerts() } : null;
    this.gauge.look(this.truth, watched);
  }

  /** An hour's price for the opening of a day that the app did not see. */
  tellMidnight(symbol: string, midnight: number, price: number): void {
    this.#tape.market.addBar(symbol, '1h', [midnight, price, price, price, price, 1]);
  }

  get #running(): Run {
    if (this.#run === null) throw new Error('The app does not run.');
    return this.#run;
  }

  #alerts() {
    const { storage } = this.#running;
    const kept = storage.live.current();
    return kept === null ? [] : storage.live.alerts(kept.id, EVER);
  }

  async #start(): Promise<void> {
    const { venue = 'binanceus', through } = this.#setting;
    const clock = this.clock.run();
    const end = this.#wire.plugIn(this.exchange.restUrl, clock, TIMEOUT_MS);
    const profile = await openProfile({
      path: this.#path,
      venue,
      clock,
      market: this.#tape.market,
      fetch: this.#rate.watch(end.fetch),
      newToken: () => `x${(this.#tokens += 1)}`,
      reportFault: (error) => this.faults.push(error),
      ...(through && {
        through: (gateway: LiveGateway) => through(gateway, () => this.#rate.note()),
      }),
    });
    this.#run = { ...profile, clock, end };
    await this.settled();
  }

  async #end(): Promise<void> {
    const run = this.#running;
    await this.done(run.close());
    this.#run = null;
    run.clock.end();
    run.end.cut();
  }

  #pulse(): void {
    this.#tape.pulse(this.clock.now(), this.truth.prices);
  }

  /** From here on prices are told and figures taken, until it sleeps. */
  #wake(): void {
    const beat = this.clock.run();
    this.#beat = beat;
    const everyMs = (ms: number, act: () => void): void => {
      beat.setTimer(ms, () => {
        act();
        everyMs(ms, act);
      });
    };
    everyMs(PULSE_MS, () => this.#pulse());
    everyMs(LOOK_EVERY_MS, () => this.look());
  }

  async #close(): Promise<void> {
    if (this.#run !== null) await this.#end();
    await this.exchange.close();
  }
}

interface Time {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

async function exchangeOf(setting: SoakSetting, time: Time): Promise<Exchange> {
  const balances = Object.fromEntries(
    Object.entries(setting.balances).map(([asset, amount]) => [asset, units(amount)]),
  );
  const options = { ...time, market: { kind: 'still', seed: 1 }, balances } as const;
  if (setting.venue === 'kraken') {
    const { restUrl, control, close } = await startKrakenSimulator(options);
    return {
      restUrl,
      hand: control,
      refuse: ({ msg }) =>
        control.fault({ kind: 'error', error: msg, path: 'AddOrder', times: MANY }),
      close,
    };
  }
  const { restUrl, control, close } = await startSimulator(options);
  const fault = { kind: 'refusal', method: 'POST', path: '/order', times: EVER } as const;
  return {
    restUrl,
    hand: control,
    refuse: (refusal) => control.fault({ ...fault, ...refusal }),
    close,
  };
}
