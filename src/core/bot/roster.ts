/** The bots of an account, and what they add up to. */

import type { Slot } from '../account/balances.ts';
import type { Bot } from './bot.ts';

export class Roster {
  readonly #bots = new Map<string, Bot>();
  #list: readonly Bot[] = [];

  get list(): readonly Bot[] {
    return this.#list;
  }

  find(botId: string): Bot | null {
    return this.#bots.get(botId) ?? null;
  }

  /** @throws Error when there is no such bot */
  get(botId: string): Bot {
    const bot = this.#bots.get(botId);
    if (bot === undefined) throw new Error(`There is no bot ${botId}.`);
    return bot;
  }

  on(symbol: string): readonly Bot[] {
    return this.#list.filter((bot) => bot.setup.instrument.symbol === symbol);
  }

  add(bot: Bot): void {
    const { id } = bot.setup;
    if (this.#bots.has(id)) throw new Error(`There is a bot ${id} already.`);
    this.#bots.set(id, bot);
    this.#list = [...this.#bots.values()];
  }

  remove(botId: string): void {
    this.#bots.delete(botId);
    this.#list = [...this.#bots.values()];
  }

  /** Positions open or being opened. */
  get openPositions(): number {
    let count = 0;
    for (const bot of this.#list) if (bot.isEngaged) count += 1;
    return count;
  }

  /** What all positions hold of a currency. */
  held(base: Slot): number {
    let sum = 0;
    for (const bot of this.#list) if (bot.pair.base === base) sum += bot.holding.position.amount;
    return sum;
  }

  /** Whether the exchange contradicts the books of a position; a pair that is gone keeps nobody else from trading. */
  get isInDoubt(): boolean {
    return this.#list.some(({ holding: { doubt } }) => {
      return doubt !== null && !(doubt.kind === 'missing' && doubt.cause === 'pair');
    });
  }

  /** Cash of a currency that open entries may still take, fees included. */
  reserved(quote: Slot): number {
    let sum = 0;
    for (const bot of this.#list) if (bot.pair.quote === quote) sum += bot.reserved;
    return sum;
  }
}
