/** What an account must hold: transfers and distinct fills, added up without the engine. */

import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Engine } from '../engine.ts';
import { expectThat } from './expect-that.ts';

const ROUNDING = 1e-9;

export class LedgerReference {
  readonly balances = new Map<string, number>();
  readonly #moved = new Map<string, number>();
  readonly #counted = new Set<string>();
  readonly #held = new Map<string, number>();
  readonly #bought = new Map<string, number>();
  readonly #dust = new Map<string, number>();

  /** What a bot's fills add up to, in base, less what it left as dust. */
  held(botId: string): number {
    return this.#held.get(botId) ?? 0;
  }

  add(currency: string, amount: number): void {
    this.balances.set(currency, (this.balances.get(currency) ?? 0) + amount);
    this.#moved.set(currency, (this.#moved.get(currency) ?? 0) + Math.abs(amount));
  }

  /** @returns whether it is counted for the first time */
  fill(botId: string, { base, quote, symbol }: Instrument, fill: Fill): boolean {
    const key = `${fill.orderId}/${fill.id}`;
    if (this.#counted.has(key)) return false;
    this.#counted.add(key);
    const { side, amount, cost, fee } = fill;
    const sign = side === 'buy' ? 1 : -1;
    this.add(base, sign * amount);
    this.add(quote, -sign * cost);
    this.add(fee.currency, -fee.amount);
    const feeInBase = fee.currency === base ? fee.amount : 0;
    const held = this.held(botId);
    if (side === 'buy') {
      this.#held.set(botId, held + amount - feeInBase);
      this.#bought.set(botId, (this.#bought.get(botId) ?? 0) + amount);
      return true;
    }
    // A late fill may have sold what was given up as dust.
    const dust = this.#dust.get(symbol) ?? 0;
    const fromDust = Math.max(0, amount - held);
    const isThere = fromDust <= dust + amount * ROUNDING;
    expectThat(isThere, `${botId} sold ${amount} of ${held} and ${dust} of dust`);
    if (fromDust > 0) this.#dust.set(symbol, Math.max(0, dust - fromDust));
    // A fee in the coin itself comes out of the account's other coins: those of the order are promised to it.
    this.#held.set(botId, Math.max(0, held - amount));
    return true;
  }

  /** @param isBuying whether a bot's entry is open: then what it holds may be little, and is not dust yet */
  check(
    engine: Engine,
    instruments: ReadonlyMap<string, Instrument>,
    priceOf: (symbol: string) => number,
    isBuying: (botId: string) => boolean,
  ): void {
    const { balances } = engine.account;
    for (const [currency, expected] of this.balances) {
      const actual = balances.amount(balances.slot(currency));
      const scale = this.#moved.get(currency) ?? 0;
      const isSame = Math.abs(actual - expected) <= ROUNDING * scale;
      expectThat(isSame, `the books hold ${actual} ${currency} and should hold ${expected}`);
    }
    for (const [botId, instrument] of instruments) {
      const isLeftAsDust = this.#checkPosition(
        engine,
        botId,
        instrument,
        priceOf(instrument.symbol),
      );
      expectThat(!isLeftAsDust || !isBuying(botId), `${botId} leaves dust while it is buying`);
    }
    this.#checkDust(engine);
  }

  /** What is missing from a position must be dust: too little for the exchange to take. @returns whether it is */
  #checkPosition(engine: Engine, botId: string, instrument: Instrument, price: number): boolean {
    const amount = engine.bots.find(botId)?.holding.position.amount ?? 0;
    const expected = this.held(botId);
    const rounding = ROUNDING * (this.#bought.get(botId) ?? 0);
    if (Math.abs(amount - expected) <= rounding) return false;
    const { minCost, amountStep, symbol } = instrument;
    if (amount > expected) return this.#checkTakenAlong(botId, instrument, amount - expected);
    const steps = amountStep === null ? expected : Math.floor(expected / amountStep) * amountStep;
    const isTooLittle = steps === 0 || steps * price < (minCost ?? 0);
    expectThat(
      amount === 0 && isTooLittle,
      `${botId} holds ${amount} in the books and should hold ${expected}`,
    );
    this.#dust.set(symbol, (this.#dust.get(symbol) ?? 0) + expected);
    this.#held.set(botId, 0);
    return true;
  }

  /** What is held beyond its own fills was dust, and makes whole steps together with them. @returns `false`: none left */
  #checkTakenAlong(botId: string, { symbol, amountStep }: Instrument, taken: number): boolean {
    const held = this.held(botId);
    const dust = this.#dust.get(symbol) ?? 0;
    expectThat(held > 0 && taken <= dust + ROUNDING, `${botId} holds ${taken} that nobody bought`);
    const steps = amountStep === null ? 0 : (held + taken) / amountStep;
    const isWhole = Math.abs(steps - Math.round(steps)) < 1e-6;
    expectThat(isWhole, `${botId} takes ${taken} of dust along and has ${steps} steps`);
    this.#dust.set(symbol, Math.max(0, dust - taken));
    this.#held.set(botId, held + taken);
    return false;
  }

  #checkDust(engine: Engine): void {
    if (this.#dust.size === 0) return;
    const { dust } = engine.account.state();
    for (const [symbol, expected] of this.#dust) {
      const actual = dust[symbol]?.amount ?? 0;
      const isSame = Math.abs(actual - expected) <= ROUNDING;
      expectThat(isSame, `the dust of ${symbol} is ${actual} and should be ${expected}`);
    }
  }
}
