/** Trading behind the contract, on paper and live: accounts, bots, orders by hand, the emergency stop and the books. */

import type { Finding } from '../../contract/app.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type {
  AccountKind,
  BotSettings,
  tradingContract,
  TradingRules,
} from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import type { Bot } from '../../core/bot/bot.ts';
import type { MarketFeed } from '../../core/ports/market-feed.ts';
import { findStrategy } from '../../core/strategies/registry.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from './clock.ts';
import { controlHandlers } from './control-handlers.ts';
import type { StopReport } from './emergency-stop.ts';
import { enterByHand, faultOf } from './enter-by-hand.ts';
import { exportBooks } from './export-books.ts';
import { PaperAccount } from './paper-account.ts';
import { loadRules, saveRules } from './rules.ts';
import { orderLine } from './status.ts';
import type { TradingAccount } from './trading-account.ts';
import { Watchers } from './watchers.ts';

/** A feed that holds connections. */
export type OpenFeed = MarketFeed & { close(): void };

/** What the trading screens need of the live side. */
export interface LiveSide {
  readonly store: TradingStore;
  /** The live account while it is connected. */
  account(): TradingAccount | null;
  /** Why nothing can be opened now, as a sentence; `null` while live mode is on. */
  closedBecause(): string | null;
  /** Shuts the gate before anything else. @returns `null` where no account is connected */
  stop(flatten: boolean): Promise<StopReport | null>;
  /** Lets live mode be confirmed again after a stop. */
  arm(): void;
  /** A bot is about to trade a symbol. */
  addsSymbol(symbol: string): void;
  /** The person's rules have changed; they hold when the promise resolves. */
  takeRules(): Promise<void>;
  /** Told of every change of the account. The answer ends it. */
  onChange(listener: () => void): () => void;
}

export interface TradingServiceOptions {
  /** Of paper trading. */
  readonly store: TradingStore;
  readonly live: LiveSide;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Begins the ids of a new account's orders: short, and unlike any other installation's. */
  readonly newOrderPrefix: () => string;
  /** @returns `null` for a venue that does not exist */
  readonly openFeed: (venue: string) => Promise<OpenFeed | null>;
  /** Keeps the person's rules. */
  readonly settings: SettingsStore;
  readonly reportFault: (error: unknown) => void;
}

type TradingHandlers = Handlers<typeof tradingContract>;
type EnterInput = Parameters<TradingHandlers['bots.enter']>[0];
type Done = ContractResult<Record<string, never>>;

interface BotOfAccount {
  readonly account: AccountKind;
  readonly botId: string;
}

interface OpenAccount {
  readonly paper: PaperAccount;
  readonly feed: OpenFeed;
  readonly unlisten: () => void;
}

export class TradingService {
  readonly #options: TradingServiceOptions;
  readonly #watchers: Watchers;
  #open: OpenAccount | null = null;
  /** Setting up and closing happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: TradingServiceOptions) {
    this.#options = options;
    this.#watchers = new Watchers(options.clock);
    options.live.onChange(() => this.#watchers.note());
  }

  /** Goes on with the account that is kept. @returns what the person must be told where that is not possible */
  async start(): Promise<Finding | null> {
    try {
      const kept = this.#options.store.current();
      if (kept === null) return null;
      const feed = await this.#options.openFeed(kept.settings.venue);
      if (feed === null) throw new Error(`There is no venue "${kept.settings.venue}".`);
      await this.#begin(kept, feed);
      return null;
    } catch (error) {
      this.#options.reportFault(error);
      const reason = error instanceof Error ? error.message : String(error);
      const sentence = `The paper account cannot be gone on with (${reason}). Nothing trades. Its books are kept; set up a new account to trade on.`;
      return { code: 'ACCOUNT_UNREADABLE', sentence };
    }
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#end();
    this.#watchers.close();
  }

  readonly handlers: TradingHandlers = {
    ...controlHandlers({
      find: (account) => this.#find(account),
      stopAll: (flatten) => this.#stopAll(flatten),
      arm: (account) => this.#arm(account),
    }),
    'trading.watch': ({ account }, sink) => {
      const push = (): void => sink.push(this.#account(account)?.status() ?? null);
      push();
      return this.#watchers.add(push);
    },
    'trading.begin': (input) => this.#inTurn(() => this.#setUp(input)),
    'trading.transfer': ({ currency, amount }) => this.#transfer(currency, amount),
    'trading.rules': () => ok(loadRules(this.#options.settings)),
    'trading.configure': (rules) => this.#inTurn(() => this.#configure(rules)),
    'trading.reduce': ({ account }) => this.#do(account, (trading) => trading.reduce()),
    'bots.add': ({ account, ...settings }) => this.#addBot(account, settings),
    'bots.start': (bot) => this.#setBot(bot, 'bot-started'),
    'bots.pause': (bot) => this.#setBot(bot, 'bot-paused'),
    'bots.stop': (bot) => this.#setBot(bot, 'bot-stopped'),
    'bots.remove': (bot) => this.#removeBot(bot),
    'bots.close': (bot) => this.#doBot(bot, (trading) => trading.closePosition(bot.botId)),
    'bots.enter': (input) => this.#enter(input),
    'trading.orders': ({ account, limit }) =>
      this.#read(account, (store, { id }) => store.orders(id, limit).map(orderLine)),
    'trading.trades': ({ account }) =>
      this.#read(account, (store, { id }) =>
        store.trades(id).map(({ botId, symbol, trade }) => ({ botId, symbol, trade })),
      ),
    'trading.days': ({ account }) =>
      this.#read(account, (store, { id }) =>
        store.days(id).map((day) => ({ ...day, day: day.day * DAY_MS })),
      ),
    'trading.alerts': ({ account }) =>
      this.#read(account, (store, { id }) => [...store.alerts(id, MOST_ALERTS)]),
    'trading.export': ({ account, format }) =>
      this.#read(account, (store, { books }) => exportBooks(store, books, format)),
  };

  #account(kind: AccountKind): TradingAccount | null {
    return kind === 'live' ? this.#options.live.account() : (this.#open?.paper ?? null);
  }

  #find(kind: AccountKind): ContractResult<TradingAccount> {
    const trading = this.#account(kind);
    return trading === null ? NO_ACCOUNT[kind] : ok(trading);
  }

  #with<T>(
    kind: AccountKind,
    use: (trading: TradingAccount) => ContractResult<T>,
  ): ContractResult<T> {
    const found = this.#find(kind);
    return found.ok ? use(found.value) : found;
  }

  #read<T>(
    kind: AccountKind,
    read: (store: TradingStore, trading: TradingAccount) => T,
  ): ContractResult<T> {
    const { store, live } = this.#options;
    const books = kind === 'live' ? live.store : store;
    return this.#with(kind, (trading) => ok(read(books, trading)));
  }

  /** Acts unless trading has stopped; where it stops over this, that is the answer. */
  #act<T>(
    kind: AccountKind,
    act: (trading: TradingAccount) => ContractResult<T>,
  ): ContractResult<T> {
    return this.#with(kind, (trading) => {
      const before = faultOf(trading);
      if (before !== null) return before;
      const answer = act(trading);
      return faultOf(trading) ?? answer;
    });
  }

  #do(kind: AccountKind, act: (trading: TradingAccount) => void): Done {
    return this.#act(kind, (trading) => {
      act(trading);
      return ok({});
    });
  }

  #setBot(
    { account, botId }: BotOfAccount,
    kind: 'bot-started' | 'bot-paused' | 'bot-stopped',
  ): Done {
    return this.#doBot({ account, botId }, (trading) => trading.setBot(botId, kind));
  }

  #doBot(bot: BotOfAccount, act: (trading: TradingAccount) => void): Done {
    return this.#withBot(bot, () => this.#do(bot.account, act));
  }

  #withBot<T>(
    { account, botId }: BotOfAccount,
    act: (bot: Bot, trading: TradingAccount) => ContractResult<T>,
  ): ContractResult<T> {
    return this.#with(account, (trading) => {
      const bot = trading.session.engine.bots.find(botId);
      return bot === null
        ? contractFailure('BOT_NOT_FOUND', 'There is no such bot any more.')
        : act(bot, trading);
    });
  }

  #arm(kind: AccountKind): Done {
    if (kind === 'paper') return this.#do('paper', (paper) => paper.arm());
    return this.#do('live', () => this.#options.live.arm());
  }

  /** Live first: that is where the money is. */
  async #stopAll(flatten: boolean): Promise<ContractResult<StopReport>> {
    const paper = this.#open?.paper ?? null;
    const reports = await Promise.all([
      this.#options.live.stop(flatten),
      paper === null ? null : paper.stop(flatten),
    ]);
    const [first, second] = reports.filter((report) => report !== null);
    if (first === undefined) return NO_ACCOUNT.paper;
    return ok(second === undefined ? first : together(first, second));
  }

  #transfer(currency: string, amount: number): Done {
    return this.#act('paper', () => {
      const sentence = this.#open?.paper.transfer(currency, amount) ?? null;
      return sentence === null ? ok({}) : contractFailure('TRANSFER_REFUSED', sentence);
    });
  }

  async #setUp(input: {
    readonly venue: string;
    readonly balances: readonly { readonly currency: string; readonly amount: number }[];
  }): Promise<ContractResult<Record<string, never>>> {
    const { store, clock, newOrderPrefix, openFeed } = this.#options;
    const feed = await openFeed(input.venue);
    if (feed === null) {
      return contractFailure('FEED_UNAVAILABLE', `There is no venue "${input.venue}".`);
    }
    if (this.#open?.paper.isBusy === true) {
      feed.close();
      return contractFailure(
        'ACCOUNT_BUSY',
        'There are open positions or orders. Close them, or use the emergency stop with selling, before you reset.',
      );
    }
    // Rules that cannot be read are told of before anything has ended.
    loadRules(this.#options.settings);
    const before = this.#open?.paper.id ?? store.current()?.id ?? null;
    await this.#end();
    if (before !== null) store.end(before, clock.now());
    const settings = { venue: input.venue, orderPrefix: newOrderPrefix() };
    const paper = await this.#begin(store.begin(settings, clock.now()), feed);
    for (const { currency, amount } of input.balances) paper.transfer(currency, amount);
    return faultOf(paper) ?? ok({});
  }

  /** Rules are an account's from its beginning to its end, so it is closed and gone on with under the new ones. */
  async #configure(rules: TradingRules): Promise<ContractResult<Record<string, never>>> {
    const saved = saveRules(this.#options.settings, rules);
    if (!saved.ok) return saved;
    await this.#options.live.takeRules();
    if (this.#open === null) return ok({});
    await this.#end();
    const failure = await this.start();
    return failure === null ? ok({}) : contractFailure('TRADING_FAULT', failure.sentence);
  }

  async #begin(account: KeptAccount, feed: OpenFeed): Promise<PaperAccount> {
    const paper = this.#openPaper(account, feed);
    const unlisten = paper.session.onEvent(() => this.#watchers.note());
    this.#open = { paper, feed, unlisten };
    await paper.start();
    this.#watchers.note();
    return paper;
  }

  /** @throws Error where the account cannot be gone on with; the feed is closed then */
  #openPaper(account: KeptAccount, feed: OpenFeed): PaperAccount {
    const { store, clock, settings, reportFault } = this.#options;
    const onChange = (): void => this.#watchers.note();
    try {
      const rules = loadRules(settings);
      return PaperAccount.open({ account, store, feed, clock, rules, reportFault, onChange });
    } catch (error) {
      feed.close();
      throw error;
    }
  }

  async #end(): Promise<void> {
    if (this.#open === null) return;
    const { paper, feed, unlisten } = this.#open;
    this.#open = null;
    unlisten();
    await paper.close();
    feed.close();
  }

  async #addBot(
    kind: AccountKind,
    settings: BotSettings,
  ): Promise<ContractResult<{ botId: string }>> {
    const found = this.#find(kind);
    if (!found.ok) return found;
    const { strategy } = settings;
    const configured =
      strategy === null
        ? null
        : (findStrategy(strategy.name)?.configure(strategy.params) ?? 'none');
    if (configured === 'none') {
      return contractFailure('BOT_INVALID', `There is no strategy "${strategy?.name}".`);
    }
    if (configured?.ok === false) return contractFailure('BOT_INVALID', configured.error.sentence);
    const instrument = await found.value.instrument(settings.symbol);
    if (!instrument.ok) return contractFailure('FEED_UNAVAILABLE', instrument.error.sentence);
    if (this.#account(kind) !== found.value) return NO_ACCOUNT[kind];
    const id = this.#options.newId();
    const bound =
      configured === null ? null : { name: configured.value.name, params: configured.value.params };
    return this.#act(kind, (trading) => {
      if (kind === 'live') this.#options.live.addsSymbol(settings.symbol);
      trading.addBot({ ...settings, id, strategy: bound }, instrument.value);
      return ok({ botId: id });
    });
  }

  #removeBot(bot: BotOfAccount): Done {
    return this.#withBot(bot, ({ isIdle }) =>
      isIdle
        ? this.#do(bot.account, (trading) => trading.removeBot(bot.botId))
        : contractFailure(
            'BOT_BUSY',
            'The bot holds a position or has an open order. Close it first.',
          ),
    );
  }

  #enter({ account, ...entry }: EnterInput): ReturnType<TradingHandlers['bots.enter']> {
    const closed = account === 'live' ? this.#options.live.closedBecause() : null;
    if (closed !== null) return contractFailure('LIVE_MODE_OFF', closed);
    return this.#withBot({ account, botId: entry.botId }, () =>
      this.#act(account, (trading) => enterByHand(trading, entry)),
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => {});
    return next;
  }
}

/** What two accounts report, as one. */
function together(first: StopReport, second: StopReport): StopReport {
  return {
    time: Math.max(first.time, second.time),
    flatten: first.flatten,
    cancelled: [...first.cancelled, ...second.cancelled],
    notCancelled: [...first.notCancelled, ...second.notCancelled],
    kept: [...first.kept, ...second.kept],
    sold: [...first.sold, ...second.sold],
    notSold: [...first.notSold, ...second.notSold],
  };
}

const MOST_ALERTS = 200;

const NO_ACCOUNT = {
  paper: contractFailure(
    'NO_ACCOUNT',
    'No paper account is set up. Choose an exchange and a starting balance first.',
  ),
  live: contractFailure(
    'NO_ACCOUNT',
    'No exchange is connected. Save a key and press Validate & Sync first.',
  ),
} as const satisfies Record<AccountKind, unknown>;
