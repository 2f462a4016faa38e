/** One bot: a strategy on one symbol and timeframe, its entry order, and what it holds. */

import type { Pair } from '../account/account.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { BotStatus } from '../domain/bot-status.ts';
import type { CandleColumns } from '../domain/candles.ts';
import type { Denial } from '../domain/denial.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitOrder, ExitReason } from '../domain/order.ts';
import type { Sizing } from '../domain/sizing.ts';
import { timeframeMs, type Timeframe } from '../domain/timeframe.ts';
import {
  isOpen,
  newRecord,
  withCancelRequested,
  type OrderRecord,
} from '../orders/order-record.ts';
import type { Finding } from '../reconciliation/finding.ts';
import { judgeEntry } from '../risk/gate.ts';
import { worstEntry } from '../risk/worst-fills.ts';
import { costToAsk, stopForSizing } from '../sizing.ts';
import type { Intent, PositionView, StrategyRun } from '../strategies/strategy.ts';
import { attachExits, type AttachedExits } from './attached-exits.ts';
import type { Desk } from './desk.ts';
import { EntryByHand, type ByHand } from './entry-by-hand.ts';
import { approvedPreview, type EntryPreview } from './entry-preview.ts';
import { EntryView, type EntryWish } from './entry-view.ts';
import { Holding, type HoldingState } from './holding.ts';
import { ProtectionWatch } from './protection-watch.ts';

export interface BotSetup {
  readonly id: string;
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  /** The bars that it is told of by index. */
  readonly candles: CandleColumns;
  /** Shared with the strategy's lines: the bar they call the current one. Moved by the bot alone. */
  readonly cursor: { index: number };
  /** `null` for a bot that trades by hand only. */
  readonly strategy: StrategyRun | null;
  readonly sizing: Sizing;
  readonly exits: AttachedExits;
}

/** A bot as it is kept between two runs. */
export interface BotState {
  readonly status: BotStatus;
  /** Why it failed, as a sentence. */
  readonly error: string | null;
  readonly holding: HoldingState;
  /** Id of the open entry. */
  readonly entry: string | null;
  readonly next: EntryWish | null;
  readonly sellsFor: ExitReason | null;
  /** The price has been at the open entry's limit; missing where it was kept before that was looked at. */
  readonly isReached?: boolean;
}

export class Bot {
  readonly setup: BotSetup;
  readonly pair: Pair;
  /** Length of a bar, ms. */
  readonly barMs: number;
  readonly holding: Holding;
  readonly #desk: Desk;
  /** All that the strategy is shown of the account. */
  readonly #view: PositionView;
  readonly #entryView: EntryView;
  readonly #byHand: EntryByHand;
  readonly #protection: ProtectionWatch;
  #status: BotStatus = 'running';
  #error: string | null = null;
  #entry: OrderRecord | null = null;
  /** Waits for the entry before it to be withdrawn. */
  #next: EntryWish | null = null;
  /** It was told to leave: what a withdrawn entry still buys is sold at once, until the next entry is made. */
  #sellsFor: ExitReason | null = null;
  /** The price has been at the limit of the open entry: it may have bought, whoever has told. */
  #isReached = false;

  constructor(setup: BotSetup, desk: Desk) {
    const { id, instrument, exits } = setup;
    this.setup = setup;
    this.#desk = desk;
    this.barMs = timeframeMs(setup.timeframe);
    this.pair = desk.account.pair(instrument);
    this.holding = new Holding(id, instrument, this.pair, desk);
    this.#view = viewOf(this.holding);
    this.#entryView = new EntryView(id, instrument, this.pair, desk);
    this.#byHand = new EntryByHand(id, instrument, exits, this.pair, desk.account);
    this.#protection = new ProtectionWatch(instrument, this.holding, desk);
  }

  get status(): BotStatus {
    return this.#status;
  }

  get error(): string | null {
    return this.#error;
  }

  /** In the market, or on the way there. */
  get isEngaged(): boolean {
    return this.holding.position.isOpen || this.#entry !== null;
  }

  /** Nothing held and nothing on the book. */
  get isIdle(): boolean {
    return !this.isEngaged && !this.holding.hasOpenOrders;
  }

  /** Cash in quote that the open entry may still take, its fee included. */
  get reserved(): number {
    if (this.#entry?.order.purpose !== 'entry') return 0;
    const rest = Math.max(0, this.#entry.order.size.cost - this.#entry.filledCost);
    return rest * (1 + this.#entryView.feeRate(this.#entry.order.price));
  }

  /** Bar `index` has closed: exits are followed, then the strategy is asked. */
  closeBar(index: number): void {
    const { candles, cursor } = this.setup;
    cursor.index = index;
    const start = candles.time[index] ?? NaN;
    const close = candles.close[index] ?? NaN;
    if (this.holding.plan !== null) {
      const high = candles.high[index] ?? NaN;
      if (this.holding.followBar(start, start + this.barMs, high, close)) this.settle();
    }
    const intent = this.#ask();
    if (intent !== null) this.#act(intent, start, close);
  }

  /** Lets the strategy see a bar that is too old to act on. */
  passBar(): void {
    this.#ask();
  }

  /** Asks for an entry; one that is still open is withdrawn first. */
  wish(wish: EntryWish): void {
    if (this.holding.position.isOpen || this.holding.wantsOut !== null) return;
    if (this.#entry === null) return this.#enter(wish);
    this.#next = wish;
    this.#desk.changed(this.setup.id);
    this.#cancelEntry();
  }

  /** An entry that a person asks for, at the last price. */
  enterByHand(asked: ByHand): void {
    const denial = this.#byHand.whyNot(asked, this.isEngaged);
    if (denial === null) this.wish(this.#byHand.wish(asked));
    else this.#deny(denial);
  }

  /** What `enterByHand` would be answered, without asking for anything. */
  previewByHand(asked: ByHand): EntryPreview {
    const denial = this.#byHand.whyNot(asked, this.isEngaged);
    if (denial !== null) return { kind: 'denied', denial };
    const wish = this.#byHand.wish(asked);
    const order = this.#entryView.order('preview', wish.limit, asked.cost, wish.protection);
    const view = this.#entryView.account(wish, this.#status !== 'running');
    const answer = judgeEntry(order, this.setup.instrument, this.#desk.policy, view);
    if (answer.kind === 'denied') return answer;
    return approvedPreview(answer, { wish, view, priceStep: this.setup.instrument.priceStep });
  }

  /** Withdraws an entry that has not filled, and the one that was to follow. */
  withdraw(): void {
    this.#next = null;
    this.#cancelEntry();
  }

  leave(reason: ExitReason): void {
    this.#sellsFor = reason;
    this.withdraw();
    this.holding.leave(reason);
    this.settle();
  }

  /** A sale of its position that was sent past the engine. */
  adoptExit(order: ExitOrder): void {
    this.#sellsFor = order.reason;
    this.withdraw();
    this.holding.adoptExit(order);
    this.settle();
  }

  /** An order of this bot has changed, and if it was by a fill, that is booked. */
  orderChanged(record: OrderRecord): void {
    if (record.order.purpose === 'exit') this.holding.orderChanged(record);
    else if (this.#entry?.order.id === record.order.id) this.#entryChanged(record);
    this.settle();
    if (this.#next !== null && this.#entry === null) this.#followUp(this.#next);
  }

  /** Books a fill. @param feeInBase the part of the fee that was paid in the coin itself */
  book(record: OrderRecord, fill: Fill, feeInQuote: number | null, feeInBase: number): void {
    if (record.order.purpose === 'exit') {
      // Once a part has been sold, the rest of the entry would only be bought to be sold again.
      this.withdraw();
      // An exchange does not know why it was asked to sell.
      const { reason } = record.order;
      return this.holding.sold(fill.reason === null ? { ...fill, reason } : fill, feeInQuote);
    }
    this.holding.bought(fill, feeInQuote, feeInBase, record.order.protection);
    if (this.#sellsFor !== null) this.holding.leave(this.#sellsFor);
  }

  /** What a comparison with the exchange has shown of its position. */
  judged(finding: Finding): void {
    this.holding.judged(finding);
    this.settle();
  }

  writeOff(): void {
    this.withdraw();
    this.holding.writeOff();
    this.settle();
  }

  /** The person says that a position in doubt is still ours. */
  keepPosition(): void {
    this.#sellsFor = null;
    this.holding.keep();
    this.settle();
  }

  settle(): void {
    if (this.#desk.isPaced) this.holding.judgeLastPrice();
    if (this.holding.wantsOut !== null) this.withdraw();
    this.holding.settle(this.#entry !== null);
    if (this.#desk.isPaced) this.#protection.look(this.#entry, this.#isReached);
  }

  /** A price at which a limit may have bought. @param ask in quote */
  watchEntry(ask: number): void {
    const limit = this.#entry?.order.price ?? null;
    if (this.#entry === null || limit === null || this.#isReached || ask > limit) return;
    this.#isReached = true;
    this.#desk.changed(this.setup.id);
    this.#desk.decide({ kind: 'look-up', orderId: this.#entry.order.id });
  }

  setStatus(status: Exclude<BotStatus, 'failed'>): void {
    this.#status = status;
    this.#error = null;
    if (status !== 'running') this.withdraw();
  }

  state(): BotState {
    return {
      status: this.#status,
      error: this.#error,
      holding: this.holding.state(),
      entry: this.#entry?.order.id ?? null,
      next: this.#next,
      sellsFor: this.#sellsFor,
      isReached: this.#isReached,
    };
  }

  /** @param find the records of the open orders */
  restore(state: BotState, find: (orderId: string) => OrderRecord): void {
    this.#status = state.status;
    this.#error = state.error;
    this.holding.restore(state.holding, find);
    this.#entry = state.entry === null ? null : find(state.entry);
    this.#next = state.next;
    this.#sellsFor = state.sellsFor;
    this.#isReached = state.isReached ?? false;
  }

  #ask(): Intent | null {
    const { strategy } = this.setup;
    const isOn = this.#status === 'running' || this.#status === 'paused';
    if (strategy === null || !isOn || this.#desk.account.tradingState === 'halted') return null;
    try {
      return strategy.next(this.#view);
    } catch (error) {
      if (!this.#desk.isolatesStrategies) throw error;
      this.#fail(`The strategy failed: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  /** Ends the strategy's part; the position stays guarded. */
  #fail(sentence: string): void {
    this.#status = 'failed';
    this.#error = sentence;
    this.withdraw();
    this.#desk.changed(this.setup.id);
    this.#desk.alert('BOT_FAILED', this.setup.id, sentence);
  }

  #act(intent: Intent, time: number, price: number): void {
    switch (intent.kind) {
      case 'enter':
        return this.wish({
          time,
          price,
          limit: intent.limit,
          protection: attachExits(intent, this.setup.exits, intent.limit ?? price),
          sizing: this.setup.sizing,
        });
      case 'exit':
        return this.leave('signal');
      case 'cancel':
        return this.withdraw();
      default:
        return assertNever(intent);
    }
  }

  #enter(wish: EntryWish): void {
    const { instrument } = this.setup;
    const view = this.#entryView.account(wish, this.#status !== 'running');
    const stop = stopForSizing(wish.sizing, wish.protection.stop);
    const { priceStep } = instrument;
    const price = worstEntry(wish.limit, view, priceStep);
    const cost = costToAsk(wish.sizing, stop, { ...view, price });
    if (this.#desk.isPaced && !this.#desk.budget.hasRoom('entry', 1)) {
      const sentence =
        'So many orders went out just now that the rest are kept for exits: wait ten seconds.';
      return this.#deny({
        time: wish.time,
        side: 'buy',
        code: 'ORDER_BUDGET',
        sentence,
        askedCost: cost,
      });
    }
    const order = this.#entryView.order(this.#desk.newOrderId(), wish.limit, cost, {
      ...wish.protection,
      stop,
    });
    const answer = judgeEntry(order, instrument, this.#desk.policy, view);
    if (answer.kind === 'denied') return this.#deny(answer.denial);
    const asked = { cost: answer.askedCost, adjustments: answer.adjustments };
    this.#sellsFor = null;
    this.#isReached = wish.limit !== null && wish.limit >= wish.price;
    this.#desk.account.countTrade();
    this.#entry = newRecord(answer.order, this.setup.id, asked, this.#desk.account.time);
    this.#desk.keep(this.#entry);
    this.#desk.decide({ kind: 'submit', order: answer.order });
    if (this.#desk.isPaced) this.#protection.look(this.#entry, this.#isReached);
  }

  #deny(denial: Denial): void {
    this.#desk.decide({ kind: 'denied', botId: this.setup.id, denial });
  }

  #followUp(wish: EntryWish): void {
    this.#next = null;
    this.wish(wish);
  }

  #entryChanged(record: OrderRecord): void {
    this.#entry = isOpen(record) ? record : null;
    if (this.#entry === null) this.#isReached = false;
    if (record.state !== 'rejected' || record.neverArrived) return;
    const reason = record.note ?? 'no reason given';
    this.#desk.alert('ORDER_REJECTED', this.setup.id, `The exchange refused the order: ${reason}`);
  }

  #cancelEntry(): void {
    if (this.#entry === null || this.#entry.cancelRequested) return;
    this.#entry = withCancelRequested(this.#entry, this.#desk.account.time);
    this.#desk.keep(this.#entry);
    this.#desk.decide({ kind: 'cancel', orderId: this.#entry.order.id });
  }
}

function viewOf({ position }: Holding): PositionView {
  return Object.freeze({
    get isOpen() {
      return position.isOpen;
    },
    get entryPrice() {
      return position.entryPrice;
    },
  });
}
