/** Watches whether a stop over the coins that a bot holds, or may have bought, is proven at the exchange. */

import type { Instrument } from '../domain/instrument.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import { doubtSentence } from '../reconciliation/sentences.ts';
import type { Desk } from './desk.ts';
import type { Holding } from './holding.ts';

export class ProtectionWatch {
  readonly #instrument: Instrument;
  readonly #holding: Holding;
  readonly #desk: Desk;

  constructor(instrument: Instrument, holding: Holding, desk: Desk) {
    this.#instrument = instrument;
    this.#holding = holding;
    this.#desk = desk;
  }

  /**
   * The clock runs whenever coins may be held and no stop over them is proven.
   * @param entry the open one
   * @param isReached whether the price has been at its limit
   */
  look(entry: OrderRecord | null, isReached: boolean): void {
    const { alarm, position, proof, wantsOut, doubt } = this.#holding;
    const { symbol } = this.#instrument;
    const buying = mayHaveBought(entry, isReached) ? entry : null;
    if (!position.isOpen && buying === null) {
      alarm.guarded();
      return alarm.end('POSITION_GUARDED', `Nothing of ${symbol} is held unguarded any more.`);
    }
    if (this.#desk.restingExits === 'none') return;
    // What a person has to settle was told with its own sentence.
    if (doubt !== null && doubt.kind !== 'suspect') return;
    if (buying !== null || proof === 'none') {
      return alarm.unguarded(() => this.#unguardedSentence(buying));
    }
    alarm.guarded();
    if (wantsOut === null && proof === 'wanted') {
      alarm.end('POSITION_GUARDED', `${symbol} is guarded: its stop rests at the exchange.`);
    }
  }

  /** @param buying the entry that may have bought */
  #unguardedSentence(buying: OrderRecord | null): string {
    const { symbol, base, quote } = this.#instrument;
    const { position, plan, doubt } = this.#holding;
    if (doubt !== null) return doubtSentence(doubt, symbol, position.amount);
    const level = plan?.stop ?? null;
    const watched =
      level === null
        ? 'It is asked for at the exchange again and again; look at it there.'
        : `CryptoPiggy watches the price itself and sells at ${level} ${quote}, which works only while it runs.`;
    const held = position.isOpen ? `${position.amount} ${base} of ${symbol} are held` : '';
    if (buying === null) return `${held}, and no stop is proven at the exchange. ${watched}`;
    const { order, filledCost } = buying;
    const rest = order.purpose === 'entry' ? order.size.cost - filledCost : 0;
    const more = `for up to ${rest.toFixed(2)} ${quote} ${symbol} may have been bought, and the exchange has not told`;
    return `${held === '' ? more.replace(/^f/, 'F') : `${held}, and ${more}`}. No stop over it is proven. ${watched}`;
  }
}

/** An order that takes what is there may have bought from the moment it is sent; a limit once the price was there. */
function mayHaveBought(entry: OrderRecord | null, isReached: boolean): boolean {
  return entry !== null && (entry.order.type === 'market' || isReached);
}
