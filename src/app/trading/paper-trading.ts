/** Paper trading of one profile: begins its account, goes on with it after a restart, and puts it under other rules. */

import type { Finding } from '../../contract/app.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { ok } from '../../core/domain/result.ts';
import { Listeners } from '../listeners.ts';
import { keptBooks, NO_BOOKS } from '../stop/stop-books.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import { notYet, type StopPlace } from '../stop/stop-place.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from './clock.ts';
import { faultOf } from './enter-by-hand.ts';
import { PaperAccount } from './paper-account.ts';
import { loadRules } from './rules.ts';
import { placeKey } from './trading-account.ts';
import type { OpenFeed, TradingSide } from './trading-side.ts';

export interface PaperTradingOptions {
  /** Of paper trading alone. */
  readonly store: TradingStore;
  readonly clock: Clock;
  /** Begins the ids of a new account's orders: short, and unlike any other installation's. */
  readonly newOrderPrefix: () => string;
  /** Drawn anew at each start of an account, see `SessionOptions`. */
  readonly newRunToken: () => string;
  /** @returns `null` for a venue that does not exist */
  readonly openFeed: (venue: string) => Promise<OpenFeed | null>;
  /** Keeps the person's rules. */
  readonly settings: SettingsStore;
  /** The stop that may be in force. */
  readonly stops: StopLatch;
  readonly reportFault: (error: unknown) => void;
}

/** What a new account begins with. */
export interface PaperSetup {
  readonly venue: string;
  readonly balances: readonly { readonly currency: string; readonly amount: number }[];
}

interface OpenAccount {
  readonly paper: PaperAccount;
  readonly feed: OpenFeed;
  readonly unlisten: () => void;
}

type Done = ContractResult<Record<string, never>>;

export class PaperTrading implements TradingSide {
  readonly store: TradingStore;
  readonly #options: PaperTradingOptions;
  readonly #listeners: Listeners;
  #open: OpenAccount | null = null;
  /** Setting up and closing happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PaperTradingOptions) {
    this.store = options.store;
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
  }

  /** Goes on with the account that is kept. @returns what the person must be told where that is not possible */
  async start(): Promise<Finding | null> {
    try {
      const kept = this.store.current();
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
    this.#listeners.clear();
  }

  account(): PaperAccount | null {
    return this.#open?.paper ?? null;
  }

  closedBecause(): null {
    return null;
  }

  stopPlaces(): readonly StopPlace[] {
    const paper = this.account();
    const kept = paper === null ? this.store.current() : null;
    const id = paper?.id ?? kept?.id;
    if (id === undefined) return [];
    return [
      {
        key: placeKey('paper', id),
        account: 'paper',
        venue: 'Paper',
        books: () => paper?.stopBooks() ?? (kept === null ? NO_BOOKS : keptBooks(kept)),
        carryOut: async (order) => this.account()?.carryOut(order) ?? notYet(NOT_OPEN),
      },
    ];
  }

  stopPressed(): void {
    // The door of its exchange asks at each entry.
  }

  arm(): void {
    this.account()?.arm();
  }

  addsSymbol(): void {
    // On paper any bot may trade any listed symbol at once.
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Rules are an account's from its beginning to its end, so it is closed and gone on with under the new ones. */
  takeRules(): Promise<string | null> {
    return this.#inTurn(async () => {
      if (this.#open === null) return null;
      await this.#end();
      return (await this.start())?.sentence ?? null;
    });
  }

  /** Begins an account; one that was there ends, and its history stays. */
  begin(setup: PaperSetup): Promise<Done> {
    return this.#inTurn(() => this.#setUp(setup));
  }

  /** A deposit, or with a negative amount a withdrawal. */
  transfer(currency: string, amount: number): Done {
    const paper = this.account();
    if (paper === null) return NO_PAPER_ACCOUNT;
    const before = faultOf(paper);
    if (before !== null) return before;
    const sentence = paper.transfer(currency, amount);
    if (sentence !== null) return contractFailure('TRANSFER_REFUSED', sentence);
    return faultOf(paper) ?? ok({});
  }

  async #setUp({ venue, balances }: PaperSetup): Promise<Done> {
    const { clock, newOrderPrefix, openFeed, settings } = this.#options;
    const feed = await openFeed(venue);
    if (feed === null) return contractFailure('FEED_UNAVAILABLE', `There is no venue "${venue}".`);
    if (this.account()?.isBusy === true) {
      feed.close();
      return contractFailure(
        'ACCOUNT_BUSY',
        'There are open positions or orders. Close them, or use the emergency stop with selling, before you reset.',
      );
    }
    // Rules that cannot be read are told of before anything has ended.
    loadRules(settings);
    const before = this.account()?.id ?? this.store.current()?.id ?? null;
    await this.#end();
    if (before !== null) this.store.end(before, clock.now());
    const kept = this.store.begin({ venue, orderPrefix: newOrderPrefix() }, clock.now());
    const paper = await this.#begin(kept, feed);
    for (const { currency, amount } of balances) paper.transfer(currency, amount);
    return faultOf(paper) ?? ok({});
  }

  async #begin(account: KeptAccount, feed: OpenFeed): Promise<PaperAccount> {
    const paper = this.#openPaper(account, feed);
    const unlisten = paper.session.onEvent(() => this.#changed());
    this.#open = { paper, feed, unlisten };
    await paper.start();
    this.#changed();
    return paper;
  }

  /** @throws Error where the account cannot be gone on with; the feed is closed then */
  #openPaper(account: KeptAccount, feed: OpenFeed): PaperAccount {
    const { clock, settings, newRunToken, stops, reportFault } = this.#options;
    const { store } = this;
    const runToken = newRunToken();
    const onChange = (): void => this.#changed();
    try {
      const rules = loadRules(settings);
      const rest = { rules, runToken, stops, reportFault, onChange };
      return PaperAccount.open({ account, store, feed, clock, ...rest });
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

  #changed(): void {
    this.#listeners.tell();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => {});
    return next;
  }
}

const NOT_OPEN = 'The paper account is not open: nothing trades there, and its orders wait.';

export const NO_PAPER_ACCOUNT = contractFailure(
  'NO_ACCOUNT',
  'No paper account is set up. Choose an exchange and a starting balance first.',
);
