/** Paper trading behind the contract: the account, its bots, orders by hand, the emergency stop and the books. */

import type { Finding } from '../../contract/app.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type {
  BotSettings,
  OrderLine,
  tradingContract,
  TradingRules,
} from '../../contract/trading.ts';
import type { Denial } from '../../core/domain/denial.ts';
import { NO_PROTECTION } from '../../core/domain/order.ts';
import { ok } from '../../core/domain/result.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import type { Bot } from '../../core/bot/bot.ts';
import type { CommandEvent } from '../../core/events.ts';
import type { MarketFeed } from '../../core/ports/market-feed.ts';
import { findStrategy } from '../../core/strategies/registry.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from './clock.ts';
import { controlHandlers } from './control-handlers.ts';
import { exportBooks } from './export-books.ts';
import { PaperAccount } from './paper-account.ts';
import { loadRules, saveRules } from './rules.ts';
import { orderLine } from './status.ts';
import { Watchers } from './watchers.ts';

/** A feed that holds connections. */
export type OpenFeed = MarketFeed & { close(): void };

export interface TradingServiceOptions {
  readonly store: TradingStore;
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
    ...controlHandlers(() => (this.#open === null ? NO_ACCOUNT : ok(this.#open.paper))),
    'trading.watch': (_, sink) => {
      const push = (): void => sink.push(this.#open?.paper.status() ?? null);
      push();
      return this.#watchers.add(push);
    },
    'trading.begin': (input) => this.#inTurn(() => this.#setUp(input)),
    'trading.transfer': ({ currency, amount }) =>
      this.#act((paper) => {
        const sentence = paper.transfer(currency, amount);
        return sentence === null ? ok({}) : contractFailure('TRANSFER_REFUSED', sentence);
      }),
    'trading.rules': () => ok(loadRules(this.#options.settings)),
    'trading.configure': (rules) => this.#inTurn(() => this.#configure(rules)),
    'trading.reduce': () => this.#do((paper) => paper.reduce()),
    'bots.add': (settings) => this.#addBot(settings),
    'bots.start': ({ botId }) => this.#doBot(botId, (paper) => paper.setBot(botId, 'bot-started')),
    'bots.pause': ({ botId }) => this.#doBot(botId, (paper) => paper.setBot(botId, 'bot-paused')),
    'bots.stop': ({ botId }) => this.#doBot(botId, (paper) => paper.setBot(botId, 'bot-stopped')),
    'bots.remove': ({ botId }) => this.#removeBot(botId),
    'bots.close': ({ botId }) => this.#doBot(botId, (paper) => paper.closePosition(botId)),
    'bots.enter': (input) => this.#enter(input),
    'trading.orders': ({ limit }) =>
      this.#with(({ id }) => ok(this.#options.store.orders(id, limit).map(orderLine))),
    'trading.trades': () =>
      this.#with(({ id }) =>
        ok(
          this.#options.store
            .trades(id)
            .map(({ botId, symbol, trade }) => ({ botId, symbol, trade })),
        ),
      ),
    'trading.days': () =>
      this.#with(({ id }) =>
        ok(this.#options.store.days(id).map((day) => ({ ...day, day: day.day * DAY_MS }))),
      ),
    'trading.alerts': () =>
      this.#with(({ id }) => ok([...this.#options.store.alerts(id, MOST_ALERTS)])),
    'trading.export': ({ format }) =>
      this.#with((paper) => ok(exportBooks(this.#options.store, paper.books, format))),
  };

  #with<T>(read: (paper: PaperAccount) => ContractResult<T>): ContractResult<T> {
    return this.#open === null ? NO_ACCOUNT : read(this.#open.paper);
  }

  /** Acts unless trading has stopped; where it stops over this, that is the answer. */
  #act<T>(act: (paper: PaperAccount) => ContractResult<T>): ContractResult<T> {
    return this.#with((paper) => {
      const before = faultOf(paper);
      if (before !== null) return before;
      const answer = act(paper);
      return faultOf(paper) ?? answer;
    });
  }

  #do(act: (paper: PaperAccount) => void): ContractResult<Record<string, never>> {
    return this.#act((paper) => {
      act(paper);
      return ok({});
    });
  }

  #doBot(botId: string, act: (paper: PaperAccount) => void): ContractResult<Record<string, never>> {
    return this.#withBot(botId, () => this.#do(act));
  }

  #withBot<T>(
    botId: string,
    act: (bot: Bot, paper: PaperAccount) => ContractResult<T>,
  ): ContractResult<T> {
    return this.#with((paper) => {
      const bot = paper.session.engine.bots.find(botId);
      return bot === null
        ? contractFailure('BOT_NOT_FOUND', 'There is no such bot any more.')
        : act(bot, paper);
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
    if (this.#open?.paper.session.engine.bots.list.some((bot) => !bot.isIdle) === true) {
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
      return new PaperAccount({ account, store, feed, clock, rules, reportFault, onChange });
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

  async #addBot(settings: BotSettings): Promise<ContractResult<{ botId: string }>> {
    const open = this.#open;
    if (open === null) return NO_ACCOUNT;
    const { strategy } = settings;
    const configured =
      strategy === null
        ? null
        : (findStrategy(strategy.name)?.configure(strategy.params) ?? 'none');
    if (configured === 'none') {
      return contractFailure('BOT_INVALID', `There is no strategy "${strategy?.name}".`);
    }
    if (configured?.ok === false) return contractFailure('BOT_INVALID', configured.error.sentence);
    const instrument = await open.paper.instrument(settings.symbol);
    if (!instrument.ok) return contractFailure('FEED_UNAVAILABLE', instrument.error.sentence);
    if (this.#open !== open) return NO_ACCOUNT;
    const id = this.#options.newId();
    const bound =
      configured === null ? null : { name: configured.value.name, params: configured.value.params };
    return this.#act((paper) => {
      paper.addBot({ ...settings, id, strategy: bound }, instrument.value);
      return ok({ botId: id });
    });
  }

  #removeBot(botId: string): ContractResult<Record<string, never>> {
    return this.#withBot(botId, (bot) =>
      bot.isIdle
        ? this.#do((paper) => paper.removeBot(botId))
        : contractFailure(
            'BOT_BUSY',
            'The bot holds a position or has an open order. Close it first.',
          ),
    );
  }

  #enter(input: EnterInput): ReturnType<TradingHandlers['bots.enter']> {
    return this.#withBot(input.botId, () =>
      this.#act((paper) => enterByHand(paper, input, this.#options.clock.now())),
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => {});
    return next;
  }
}

type Entered =
  | { kind: 'submitted'; order: OrderLine }
  | { kind: 'denied'; code: Denial['code']; sentence: string };

/** Asks the engine, and tells what it answered to this one event. */
function enterByHand(
  paper: PaperAccount,
  input: EnterInput,
  time: number,
): ContractResult<Entered> {
  const { botId, cost, limit, stop, target } = input;
  const event: CommandEvent = {
    kind: 'entry-by-hand',
    time,
    botId,
    cost,
    limit,
    protection: {
      ...NO_PROTECTION,
      stop: stop === null ? null : { kind: 'price', price: stop },
      target,
    },
  };
  for (const decision of paper.session.dispatch(event)) {
    if (decision.kind === 'denied') {
      const { code, sentence } = decision.denial;
      return ok({ kind: 'denied', code, sentence });
    }
    if (decision.kind !== 'submit') continue;
    const record = paper.session.engine.orders.get(decision.order.id);
    if (record !== null) return ok({ kind: 'submitted', order: orderLine(record) });
  }
  const fault = faultOf(paper);
  if (fault !== null) return fault;
  throw new Error('The engine answered neither with an order nor with a denial.');
}

function faultOf({ session }: PaperAccount): ContractResult<never> | null {
  return session.fault === null ? null : contractFailure('TRADING_FAULT', session.fault);
}

const MOST_ALERTS = 200;

const NO_ACCOUNT = contractFailure(
  'NO_ACCOUNT',
  'No paper account is set up. Choose an exchange and a starting balance first.',
);
