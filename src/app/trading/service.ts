/** Trading behind the contract, on paper and live: accounts, bots, orders by hand, the emergency stop and the books. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type {
  AccountKind,
  BotSettings,
  KeptRules,
  tradingContract,
} from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';
import type { Bot } from '../../core/bot/bot.ts';
import { findStrategy } from '../../core/strategies/registry.ts';
import type { ExposureReader } from '../exposure/exposure-reader.ts';
import type { StopDesk } from '../stop/stop-desk.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import { mayArm } from '../stop/arming.ts';
import type { SettingsStore } from '../storage/storage.ts';
import { booksHandlers, NO_ACCOUNT } from './books-handlers.ts';
import type { Clock } from './clock.ts';
import { controlHandlers, stopWire } from './control-handlers.ts';
import { doubtedHandlers } from './doubted-handlers.ts';
import { enterByHand, faultOf, previewByHand } from './enter-by-hand.ts';
import type { PaperTrading } from './paper-trading.ts';
import { loadKeptRules, saveRules } from './rules.ts';
import type { TradingAccount } from './trading-account.ts';
import type { TradingSide } from './trading-side.ts';
import { Watchers } from './watchers.ts';

export interface TradingServiceOptions {
  readonly paper: PaperTrading;
  readonly live: TradingSide;
  readonly clock: Clock;
  readonly reportFault: (error: unknown) => void;
  readonly newId: () => string;
  /** Keeps the person's rules, which are the same for both sides. */
  readonly settings: SettingsStore;
  /** The stop that may be in force, and whoever carries it out. */
  readonly stops: StopLatch;
  readonly desk: StopDesk;
  /** What is open with real money. */
  readonly exposure: Pick<ExposureReader, 'read'>;
}

type TradingHandlers = Handlers<typeof tradingContract>;
type EnterInput = Parameters<TradingHandlers['bots.enter']>[0];
type Done = ContractResult<Record<string, never>>;

interface BotOfAccount {
  readonly account: AccountKind;
  readonly botId: string;
}

export class TradingService {
  readonly #options: TradingServiceOptions;
  readonly #watchers: Watchers;
  constructor(options: TradingServiceOptions) {
    this.#options = options;
    this.#watchers = new Watchers(options.clock, options.reportFault);
    for (const part of [options.paper, options.live, options.desk]) {
      part.onChange(() => this.#watchers.note());
    }
  }

  /** Ends what watches; the sides are closed by whoever opened them. */
  close(): void {
    this.#watchers.close();
  }

  readonly handlers: TradingHandlers = {
    ...controlHandlers({
      find: (account) => this.#find(account),
      stop: (flatten) => this.#newsBefore(this.#options.desk.press(flatten)),
      stopReport: () => this.#options.desk.report(),
      arm: (account, anyway) => this.#arm(account, anyway),
      exposure: () => this.#options.exposure.read(),
    }),
    'trading.watch-stop': (_, sink) => {
      const push = (): void => {
        const report = this.#options.desk.report();
        sink.push(report === null ? null : stopWire(report));
      };
      push();
      return this.#watchers.add(push);
    },
    'trading.watch': ({ account }, sink) => {
      const push = (): void => sink.push(this.#side(account).account()?.status() ?? null);
      push();
      return this.#watchers.add(push);
    },
    'trading.begin': (setup) => this.#newsBefore(this.#options.paper.begin(setup)),
    'trading.transfer': ({ currency, amount }) =>
      this.#newsBefore(this.#options.paper.transfer(currency, amount)),
    'trading.rules': () => ok(loadKeptRules(this.#options.settings)),
    'trading.configure': (rules) => this.#newsBefore(this.#configure(rules)),
    'trading.reduce': ({ account }) => this.#newsBefore(this.#reduce(account)),
    'bots.add': ({ account, starts, ...settings }) =>
      this.#newsBefore(this.#addBot(account, settings, starts)),
    'bots.start': (bot) => this.#newsBefore(this.#setBot(bot, 'bot-started')),
    'bots.pause': (bot) => this.#newsBefore(this.#setBot(bot, 'bot-paused')),
    'bots.stop': (bot) => this.#newsBefore(this.#setBot(bot, 'bot-stopped')),
    'bots.remove': (bot) => this.#newsBefore(this.#removeBot(bot)),
    'bots.close': (bot) =>
      this.#newsBefore(this.#doBot(bot, (trading) => trading.closePosition(bot.botId))),
    'bots.enter': (input) => this.#newsBefore(this.#enter(input)),
    'bots.preview': ({ account, ...entry }) =>
      this.#withBot({ account, botId: entry.botId }, (_, trading) =>
        ok(previewByHand(trading, entry)),
      ),
    ...doubtedHandlers({
      find: (account) => this.#find(account),
      newsBefore: (answer) => this.#newsBefore(answer),
    }),
    ...booksHandlers((kind) => this.#side(kind).store),
  };

  #newsBefore<T>(answer: T | Promise<T>): Promise<T> {
    return this.#watchers.newsBefore(answer);
  }

  #side(kind: AccountKind): TradingSide {
    return this.#options[kind];
  }

  #find(kind: AccountKind): ContractResult<TradingAccount> {
    const trading = this.#side(kind).account();
    return trading === null ? NO_ACCOUNT[kind] : ok(trading);
  }

  #with<T>(
    kind: AccountKind,
    use: (trading: TradingAccount) => ContractResult<T>,
  ): ContractResult<T> {
    const found = this.#find(kind);
    return found.ok ? use(found.value) : found;
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

  /** By hand, the one way out of a stop. */
  #arm(kind: AccountKind, anyway: boolean): Done {
    const { stops, desk } = this.#options;
    const wasStopped = stops.holds(kind);
    const refusal = mayArm({ stops, report: desk.report() }, this.#armedWith(kind), anyway);
    if (refusal !== null) return refusal;
    // Where no account is open there is nothing else to arm.
    if (wasStopped && this.#side(kind).account() === null) return ok({});
    return this.#do(kind, () => this.#side(kind).arm());
  }

  /** A side without any account of its own is no reason for a stop to go on. */
  #armedWith(kind: AccountKind): readonly AccountKind[] {
    const other = kind === 'paper' ? 'live' : 'paper';
    const hasOther = this.#side(other).store.accounts().length > 0;
    return hasOther ? [kind] : [kind, other];
  }

  /** After an emergency stop it would be less than what holds: arming alone ends a stop. */
  #reduce(kind: AccountKind): Done {
    return this.#act(kind, (trading) => {
      const { tradingState } = trading.session.engine.account;
      if (tradingState !== 'halted' && !trading.isStopped) trading.reduce();
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

  async #configure(rules: KeptRules): Promise<Done> {
    const { settings, paper, live } = this.#options;
    const saved = saveRules(settings, rules);
    if (!saved.ok) return saved;
    const sentences = [await live.takeRules(), await paper.takeRules()];
    const failed = sentences.find((sentence) => sentence !== null) ?? null;
    return failed === null ? ok({}) : contractFailure('TRADING_FAULT', failed);
  }

  async #addBot(
    kind: AccountKind,
    settings: BotSettings,
    starts: boolean,
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
    if (this.#side(kind).account() !== found.value) return NO_ACCOUNT[kind];
    const id = this.#options.newId();
    const bound =
      configured === null ? null : { name: configured.value.name, params: configured.value.params };
    return this.#act(kind, (trading) => {
      this.#side(kind).addsSymbol(settings.symbol);
      trading.addBot({ ...settings, id, strategy: bound }, instrument.value);
      if (!starts) trading.setBot(id, 'bot-stopped');
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
    const closed = this.#side(account).closedBecause();
    if (closed !== null) return contractFailure('LIVE_MODE_OFF', closed);
    return this.#withBot({ account, botId: entry.botId }, () =>
      this.#act(account, (trading) => enterByHand(trading, entry)),
    );
  }
}
