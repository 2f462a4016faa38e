/** A live engine told in a few lines: what happens to it, and what it decides. */

import type { AuditRecord } from '../audit.ts';
import { NO_ATTACHED_EXITS } from '../bot/attached-exits.ts';
import type { BotConfig } from '../bot/bot-config.ts';
import type { Bot } from '../bot/bot.ts';
import type { RestingExits } from '../bot/desk.ts';
import type { TradingFees } from '../domain/costs.ts';
import { DEFAULT_WHITELIST } from '../domain/whitelist.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import { NO_PROTECTION, type Protection } from '../domain/order.ts';
import type { Refusal } from '../domain/refusal.ts';
import { Engine, type EngineSetup } from '../engine.ts';
import type { AlertCode, Decision, EngineEvent } from '../events.ts';
import { LiveBots } from '../live-bots.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { HARD_LIMITS } from '../risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../risk/protections.ts';
import { keptState } from './kept-state.ts';

const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: null,
  minAmount: null,
  priceStep: null,
  minCost: 5,
};

export function manualBot(id: string, symbol = 'BTC/USDT'): BotConfig {
  return {
    id,
    name: id,
    symbol,
    timeframe: '1m',
    strategy: null,
    sizing: { kind: 'fixed', cost: 50 },
    exits: NO_ATTACHED_EXITS,
  };
}

interface Setting {
  readonly restingExits?: RestingExits;
  /** USDT; more than a few thousand keeps the day's loss limit out of a story. */
  readonly cash?: number;
  readonly bots?: readonly BotConfig[];
  /** Of every pair, in base; `null` for none. */
  readonly amountStep?: number | null;
  /** Real money: what the exchange takes at most. */
  readonly highestFees?: TradingFees | null;
}

/** One account with its bots; time moves by hand. */
export class Stage {
  engine: Engine;
  readonly audited: AuditRecord[] = [];
  now = 1_000_000;
  #fills = 0;
  readonly #setting: Required<Setting>;

  constructor(setting: Setting = {}) {
    const {
      restingExits = 'stop',
      cash = 10_000,
      bots = [manualBot('b')],
      amountStep = null,
      highestFees = null,
    } = setting;
    this.#setting = { restingExits, cash, bots, amountStep, highestFees };
    this.engine = new Engine(this.#setup());
    for (const config of bots) {
      this.tell({
        kind: 'bot-added',
        time: this.now,
        config,
        instrument: this.#instrumentOf(config),
      });
    }
    this.tell({ kind: 'transfer', time: this.now, currency: 'USDT', amount: cash });
  }

  tell(event: EngineEvent): readonly Decision[] {
    return this.engine.process(event);
  }

  quote(price: number, symbol = 'BTC/USDT'): readonly Decision[] {
    return this.tell({ kind: 'quote', symbol, time: this.now, bid: price, ask: price });
  }

  bar(open: number, high: number, low: number, close: number): readonly Decision[] {
    const start = Math.floor(this.now / 60_000) * 60_000;
    this.now = start + 60_000;
    const bar = [start, open, high, low, close, 1] as const;
    return this.tell({ kind: 'bar-closed', symbol: 'BTC/USDT', timeframe: '1m', bar });
  }

  buy(
    over: Partial<Protection> & { cost?: number; limit?: number | null } = {},
    botId = 'b',
  ): readonly Decision[] {
    const { cost = 50, limit = null, ...protection } = over;
    return this.tell({
      kind: 'entry-by-hand',
      time: this.now,
      botId,
      cost,
      limit,
      protection: { ...NO_PROTECTION, ...protection },
    });
  }

  accepted(orderId: string): readonly Decision[] {
    return this.tell({
      kind: 'order-accepted',
      orderId,
      time: this.now,
      exchangeId: `x${orderId}`,
    });
  }

  cancelled(orderId: string, filledAmount: number | null = null): readonly Decision[] {
    return this.tell({ kind: 'order-cancelled', orderId, time: this.now, filledAmount });
  }

  /** A comparison with the exchange has found the coins of a bot's position. */
  agreed(botId = 'b'): readonly Decision[] {
    const finding = { kind: 'agreed' } as const;
    return this.tell({ kind: 'position-verdict', time: this.now, botId, finding });
  }

  rejected(orderId: string, refusal: Refusal = 'for-now'): readonly Decision[] {
    const sentence = 'No.';
    return this.tell({ kind: 'order-rejected', orderId, time: this.now, refusal, sentence });
  }

  /** Lets time pass, and tells the engine of it whenever it has asked for that. */
  later(ms: number): readonly Decision[] {
    const end = this.now + ms;
    const decided: Decision[] = [];
    for (let next = this.engine.nextDeadline; next !== null && next <= end;) {
      this.now = Math.max(this.now, next);
      decided.push(...this.tell({ kind: 'tick', time: this.now }));
      next = this.engine.nextDeadline;
    }
    this.now = end;
    return decided;
  }

  filled(
    orderId: string,
    amount: number,
    price: number,
    over: Partial<Fill> = {},
  ): readonly Decision[] {
    this.#fills += 1;
    const order = this.engine.orders.get(orderId)?.order;
    const fill: Fill = {
      id: `f${this.#fills}`,
      orderId,
      side: order?.side ?? 'buy',
      time: this.now,
      amount,
      price,
      cost: amount * price,
      fee: { currency: 'USDT', amount: 0 },
      liquidity: 'taker',
      reason: order?.purpose === 'exit' ? order.reason : null,
      complete: true,
      ...over,
    };
    return this.tell({ kind: 'order-filled', orderId, fill });
  }

  /** Ends the engine and goes on with another that is given its state. */
  restart(): void {
    const state = keptState(this.engine);
    const liveBots = new LiveBots();
    this.engine = new Engine({ ...this.#setup(), liveBots });
    for (const config of this.#setting.bots) {
      this.engine.addBot(liveBots.create(config, this.#instrumentOf(config)));
    }
    this.engine.restore(state);
  }

  bot(id = 'b'): Bot {
    return this.engine.bots.get(id);
  }

  held(currency: string): number {
    const { balances } = this.engine.account;
    return balances.amount(balances.slot(currency));
  }

  #instrumentOf({ symbol }: BotConfig): Instrument {
    const [base = '', quote = ''] = symbol.split('/');
    return { ...BTC, symbol, base, quote, amountStep: this.#setting.amountStep };
  }

  #setup(): EngineSetup {
    return {
      account: { reporting: 'USD', maxDailyLoss: HARD_LIMITS.maxDailyLoss },
      policy: {
        kind: 'hard-limits',
        whitelist: new Set([...DEFAULT_WHITELIST, 'BNB/USDT']),
        limits: HARD_LIMITS,
        protections: NO_PROTECTIONS,
      },
      costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 },
      highestFees: this.#setting.highestFees,
      restingExits: this.#setting.restingExits,
      pricesFrom: 'quotes',
      orderId: (count) => `o${count}`,
      rememberedOrders: 64,
      audit: (record) => this.audited.push(record),
      liveBots: new LiveBots(),
    };
  }
}

/** Orders sent, in this order; both of a pair. */
export function sent(decisions: readonly Decision[]): readonly GatedOrder[] {
  return decisions.flatMap((decision) => {
    if (decision.kind === 'submit') return [decision.order];
    return decision.kind === 'submit-pair' ? [decision.stop, decision.target] : [];
  });
}

export function cancels(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap((decision) => (decision.kind === 'cancel' ? [decision.orderId] : []));
}

export function alerts(decisions: readonly Decision[]): readonly AlertCode[] {
  return decisions.flatMap((decision) => (decision.kind === 'alert' ? [decision.code] : []));
}

/** Codes of denials. */
export function denials(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap((decision) =>
    decision.kind === 'denied' ? [decision.denial.code] : [],
  );
}
