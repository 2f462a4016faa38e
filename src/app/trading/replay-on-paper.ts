/** Paper trading on recorded candles: the live path, journal and all, with bars for a market. */

import type { BotConfig } from '../../core/bot/bot-config.ts';
import { NO_ATTACHED_EXITS } from '../../core/bot/attached-exits.ts';
import { checkConfig, type CheckedConfig } from '../../core/backtest/config.ts';
import { makeReport } from '../../core/backtest/make-report.ts';
import type { BacktestConfig, BacktestReport } from '../../core/backtest/report.ts';
import type { CandleColumns, CandleRow } from '../../core/domain/candles.ts';
import type { Denial } from '../../core/domain/denial.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { timeframeMs } from '../../core/domain/timeframe.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import { isUsdAtPar } from '../../core/risk/usd.ts';
import { SimulatedExchange } from '../../exchanges/simulated/simulated-exchange.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { TradingStatus } from '../../contract/trading.ts';
import type { Clock } from './clock.ts';
import { emergencyStop, haltSession } from './emergency-stop.ts';
import { reportOf, type StopReport } from '../stop/stop-report.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import { replayedFigures } from './replayed-figures.ts';
import { statusOf } from './status.ts';
import { TradingSession } from './session.ts';
import { WholeBars } from './whole-bars.ts';

export interface ReplayOptions {
  /** Limits are always on, whatever it says. */
  readonly config: BacktestConfig;
  readonly candles: CandleColumns;
  /** As shown to the person: the file's name. */
  readonly name: string;
  /** Names the recording: an account goes on only with the one it began with. */
  readonly recording: string;
  readonly store: TradingStore;
  /** The stop that may be in force in its folder. */
  readonly stops: StopLatch;
  readonly orderPrefix: string;
  /** Recorded time that passes in a moment of real time; `null` as fast as it goes. */
  readonly speed: number | null;
  /** Calls back later, as `Clock.setTimer`. */
  readonly setTimer: Clock['setTimer'];
  readonly reportFault: (error: unknown) => void;
}

export interface ReplayOutcome {
  /** Of the whole recording, paused on the way or not; `null` where the journal does not have all of it. */
  readonly report: BacktestReport | null;
  /** What the account is worth at the end, in quote. */
  readonly equity: number;
  readonly trades: number;
}

export type ReplayFailure = Failure<
  'BACKTEST_CONFIG_INVALID' | 'OTHER_ACCOUNT' | 'TRADING_FAULT' | 'STOPPED'
>;

const BOT_ID = 'replay';

/** How long an emergency stop waits for the market before it reports, ms of real time. */
const STOP_PATIENCE_MS = 10_000;

/** Bars between two looks at the outside world in a replay at full speed. */
const BARS_PER_TURN = 2_048;

/** Bars that a resumed bot is told again, so that its indicators stand where they stood. */
const WARM_UP_BARS = 5_000;

/** A replay that is set up: the session can be asked and stopped while `run` is under way. */
export class PaperReplay {
  readonly session: TradingSession;
  readonly #options: ReplayOptions;
  readonly #checked: CheckedConfig;
  readonly #exchange: SimulatedExchange;
  readonly #books: WholeBars;
  readonly #isNew: boolean;
  readonly #accountId: number;
  readonly #clock: Clock;
  /** Recorded time, ms UTC: the only one the session knows. */
  #time: number;

  /** Begins an account on the recording, or goes on with the one that is kept. */
  static open(options: ReplayOptions): Result<PaperReplay, ReplayFailure> {
    const checked = checkConfig({ ...options.config, limits: 'on' });
    if (!checked.ok) return checked;
    const { quote } = checked.value.instrument;
    if (!isUsdAtPar(quote)) {
      return fail(
        'BACKTEST_CONFIG_INVALID',
        `An account is counted in USD, and nothing in this recording tells what ${quote} is worth. Choose a pair quoted in dollars, or backtest it with the limits off.`,
      );
    }
    if (options.candles.length === 0) {
      return fail('BACKTEST_CONFIG_INVALID', 'There are no candles to run on.');
    }
    const kept = options.store.current();
    if (kept !== null && kept.settings.venue !== options.recording) {
      return fail(
        'OTHER_ACCOUNT',
        'The data folder holds a paper account on another recording or with other settings. Give --data-dir another folder.',
      );
    }
    return ok(new PaperReplay(options, checked.value, kept));
  }

  private constructor(options: ReplayOptions, checked: CheckedConfig, kept: KeptAccount | null) {
    const { recording, orderPrefix, candles } = options;
    this.#options = options;
    this.#books = new WholeBars(options.store);
    const { store } = this.#books;
    this.#checked = checked;
    this.#time = kept?.state?.account.time ?? candles.time[0] ?? 0;
    this.#isNew = kept === null;
    const account = kept ?? store.begin({ venue: recording, orderPrefix }, this.#time);
    this.#accountId = account.id;
    const now = (): number => this.#time;
    this.#clock = { now, setTimer: options.setTimer };
    const { costs, whitelist } = checked.config;
    this.#exchange = new SimulatedExchange({ costs, store: store.simulated(account.id), now });
    const playedUntil = kept?.state?.lastBars[BOT_ID];
    this.#exchange.listRecording(checked.instrument, candles, playedUntil);
    this.session = new TradingSession({
      account,
      store,
      exchange: this.#exchange,
      clock: this.#clock,
      rules: {
        whitelist,
        limits: HARD_LIMITS,
        protections: NO_PROTECTIONS,
        costs,
        pricesFrom: 'bars',
      },
      // Its exchange is kept with it and forgets nothing; a replay that was stopped must go on under the same ids.
      runToken: '',
      reportFault: (error) => {
        // Of what could not be written the outcome tells.
        if (this.#books.failure === null) options.reportFault(error);
      },
    });
  }

  /** As the window and the command line show it. */
  status(): TradingStatus {
    const { config, instrument } = this.#checked;
    return statusOf({
      mode: 'paper',
      venue: this.#options.name,
      venueId: this.#options.recording,
      connection: { up: true, sentence: 'A recording.' },
      session: this.session,
      limits: HARD_LIMITS,
      bots: [{ config: botConfig(config), instrument }],
      externalOrders: [],
      isStopped: this.#options.stops.holds('paper'),
      priceAt: this.#time,
    });
  }

  async stop(flatten: boolean): Promise<StopReport> {
    const { stops, name } = this.#options;
    const order = stops.press(flatten);
    const request = { flatten: order.flatten, patienceMs: STOP_PATIENCE_MS };
    const done = await emergencyStop(this.session, this.#clock, request);
    const isDone = done.notCancelled.length === 0 && done.notSold.length === 0;
    const place = {
      ...done,
      key: 'paper',
      account: 'paper',
      venue: name,
      state: isDone ? 'carried-out' : 'not-yet',
      sentence: isDone ? 'Nothing of it is open.' : 'The recording has not come to a price yet.',
      time: order.pressedAt,
    } as const;
    stops.report([place]);
    return reportOf(order, [place], stops.trouble, null);
  }

  /** `null` while no stop is in force. */
  stopReport(): StopReport | null {
    const { order, trouble } = this.#options.stops;
    return order === null ? null : reportOf(order, order.places, trouble, null);
  }

  arm(): void {
    this.session.dispatch({ kind: 'arm', time: this.#time });
  }

  /**
   * Replays what is left.
   * @param stopped ends the replay where it is
   * @returns the report; `STOPPED` where it was paused, by `stopped` or by a disk that is full, and goes on at another run
   */
  async run(stopped: AbortSignal | null = null): Promise<Result<ReplayOutcome, ReplayFailure>> {
    const { candles } = this.#options;
    const isAwake = await this.#books.play(async () => {
      await this.reconcile();
      this.#wakeBot();
    });
    if (!isAwake) return this.#pausedAt(this.#firstBar());
    const equity = new Float64Array(candles.length);
    const denials: Denial[] = [];
    let barsInMarket = 0;
    const unlisten = this.session.onEvent((_, decisions) => {
      for (const decision of decisions)
        if (decision.kind === 'denied') denials.push(decision.denial);
    });
    for (let index = this.#firstBar(); index < candles.length; index += 1) {
      if (index % BARS_PER_TURN === 0 || this.#options.speed !== null) await this.#pause(stopped);
      if (stopped?.aborted === true) {
        return this.#pausedAt(index);
      }
      if (!(await this.#books.play(() => this.#playBar(index)))) return this.#pausedAt(index);
      if (this.session.fault !== null) return fail('TRADING_FAULT', this.session.fault);
      if (this.#bot.holding.position.isOpen) barsInMarket += 1;
      equity[index] = this.session.engine.account.equity();
    }
    unlisten();
    const { position } = this.#bot.holding;
    const { config } = this.#checked;
    const report = this.#isNew
      ? makeReport(config, candles, position, { equity, denials, barsInMarket })
      : this.#wholeReport();
    // What was heard last is on disk, or it was not the end.
    if (this.#books.failure !== null) return this.#pausedAt(candles.length);
    return ok({
      report,
      equity: this.session.engine.account.equity(),
      trades: position.trades.length,
    });
  }

  /** Of all the runs that it took. */
  #wholeReport(): BacktestReport | null {
    const { store, candles } = this.#options;
    // What was heard last is not on disk before.
    this.session.close();
    const figures = replayedFigures(store.journal(this.#accountId), BOT_ID, candles);
    return figures === null
      ? null
      : makeReport(this.#checked.config, candles, figures.position, figures);
  }

  #pausedAt(index: number): Result<never, ReplayFailure> {
    const { failure } = this.#books;
    const where = `Paused at bar ${index} of ${this.#options.candles.length}`;
    return fail(
      'STOPPED',
      failure === null
        ? `${where}.`
        : `${where}: what happened there cannot be written (${failure}). Make room for it.`,
    );
  }

  get #bot() {
    return this.session.engine.bots.get(BOT_ID);
  }

  /** Brings the books and the exchange together and funds a new account. Nothing trades before it. Idempotent. */
  async reconcile(): Promise<void> {
    const { config, instrument } = this.#checked;
    const held = await this.#exchange.balances();
    if (Object.keys(held.value).length === 0) {
      this.#exchange.transfer(instrument.quote, config.startingBalance);
    }
    const { order } = this.#options.stops;
    if (order !== null) haltSession(this.session, this.#clock, order.flatten);
    await this.session.reconcileOrders();
    await this.session.compare();
    await this.session.idle();
  }

  /** Adds the bot to a new account; tells that of a kept one the bars it has seen before. */
  #wakeBot(): void {
    const { config, instrument } = this.#checked;
    const time = this.#time;
    if (this.session.engine.bots.find(BOT_ID) === null) {
      this.session.dispatch({ kind: 'bot-added', time, config: botConfig(config), instrument });
    }
    const first = this.#firstBar();
    if (first === 0) return;
    const bars = rowsOf(this.#options.candles, Math.max(0, first - WARM_UP_BARS), first);
    this.session.dispatch({ kind: 'bars-caught-up', botId: BOT_ID, bars });
  }

  /** The first bar that the bot has not seen to its end. */
  #firstBar(): number {
    const { candles } = this.#options;
    const last = this.session.resumedFrom[BOT_ID] ?? -Infinity;
    const index = candles.time.subarray(0, candles.length).findIndex((time) => time > last);
    return index < 0 ? candles.length : index;
  }

  async #playBar(index: number): Promise<void> {
    const { session } = this;
    const { candles } = this.#options;
    const { symbol, timeframe } = this.#checked.config;
    const bar = rowAt(candles, index);
    this.#time = Math.max(this.#time, bar[0]);
    session.dispatch({ kind: 'bar-opened', symbol, time: bar[0], open: bar[1] });
    if (session.isBusy) await session.idle();
    this.#exchange.openBar(symbol, index);
    if (session.isBusy) await session.idle();
    while (this.#exchange.fillInside(symbol, index)) await session.idle();
    this.#exchange.endBar(symbol, index);
    this.#time = bar[0] + timeframeMs(timeframe);
    session.dispatch({ kind: 'bar-closed', symbol, timeframe, bar });
    if (session.isBusy) await session.idle();
  }

  /** Lets others have a turn; at a given speed, until the next bar is due or the replay is stopped. */
  #pause(stopped: AbortSignal | null): Promise<void> {
    const { speed, setTimer } = this.#options;
    if (stopped?.aborted === true) return Promise.resolve();
    const wait = speed === null ? 0 : timeframeMs(this.#checked.config.timeframe) / speed;
    return new Promise((resolve) => {
      const finish = (): void => {
        callOff();
        stopped?.removeEventListener('abort', finish);
        resolve();
      };
      const callOff = setTimer(wait, finish);
      stopped?.addEventListener('abort', finish);
    });
  }
}

function botConfig(config: BacktestConfig): BotConfig {
  const { symbol, timeframe, strategy, params, sizing } = config;
  return {
    id: BOT_ID,
    name: 'Replay',
    symbol,
    timeframe,
    strategy: { name: strategy, params },
    sizing,
    exits: NO_ATTACHED_EXITS,
  };
}

function rowsOf(candles: CandleColumns, from: number, to: number): readonly CandleRow[] {
  return Array.from({ length: to - from }, (_, offset) => rowAt(candles, from + offset));
}

function rowAt({ time, open, high, low, close, volume }: CandleColumns, index: number): CandleRow {
  return [
    time[index] ?? NaN,
    open[index] ?? NaN,
    high[index] ?? NaN,
    low[index] ?? NaN,
    close[index] ?? NaN,
    volume[index] ?? NaN,
  ];
}
