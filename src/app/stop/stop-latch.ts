/** The stop that is in force, for the whole profile: on disk before anything is done about it, ended by arming alone. */

import { isDeepStrictEqual } from 'node:util';
import { Unfound } from '../../core/reconciliation/arrival.ts';
import { Listeners } from '../listeners.ts';
import type { StopDisk } from './stop-disk.ts';
import {
  mergeOrders,
  pressed,
  SIDES,
  type PlaceReport,
  type StopOrder,
  type StopSale,
  type StopSide,
} from './stop-order.ts';

export interface StopLatchOptions {
  readonly disk: StopDisk;
  readonly newId: () => string;
  /** ms UTC. */
  readonly now: () => number;
  readonly reportFault: (error: unknown) => void;
}

/** Of a random id: enough that no two sales of a profile ever share one. */
const SALE_ID_DIGITS = 9;

export class StopLatch {
  readonly #options: StopLatchOptions;
  /** Orders that attempts to carry it out have asked for and not found. */
  readonly unfound = new Unfound();
  /** What orders had traded when they were withdrawn for it, in base, by id; `null` where the exchange did not say. */
  readonly tradedAtEnd = new Map<string, number | null>();
  readonly #listeners: Listeners;
  #order: StopOrder | null;
  #trouble: string | null = null;

  /** Reads what is in force before anything else may be. */
  constructor(options: StopLatchOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
    this.#order = options.disk.read();
  }

  /** `null` while nothing is stopped. */
  get order(): StopOrder | null {
    return this.#order;
  }

  /** Why it would not outlive this process, as a sentence; `null` while it is on disk. */
  get trouble(): string | null {
    return this.#trouble;
  }

  holds(side: StopSide): boolean {
    return this.#order?.holds.includes(side) === true;
  }

  /** In force and, where the disk takes it, on disk when it returns. Never throws. */
  press(flatten: boolean): StopOrder {
    const { newId, now } = this.#options;
    const order = pressed(this.#order, { id: newId(), time: now(), flatten });
    this.#become(order);
    return order;
  }

  /** What is known of places by now. */
  report(places: readonly PlaceReport[]): void {
    if (this.#order === null) return;
    this.#become({ ...this.#order, places: [...places] });
  }

  /**
   * Unlike any other, this run's and those of others, whatever the clock is set to.
   * @param prefix what the account's ids begin with; with it the id is as long as the strictest exchange allows
   */
  newSaleId(prefix: string): string {
    return `${prefix}-s${this.#options.newId().replaceAll('-', '').slice(-SALE_ID_DIGITS)}`;
  }

  /** A sale that is about to be sent past the engine. */
  noteSale(sale: StopSale): void {
    if (this.#order === null) throw new Error('No stop is in force.');
    this.#become({ ...this.#order, sales: [...this.#order.sales, sale] });
  }

  saleRefused(orderId: string): void {
    if (this.#order === null) return;
    const sales = this.#order.sales.map((sale) =>
      sale.orderId === orderId ? { ...sale, isRefused: true } : sale,
    );
    this.#become({ ...this.#order, sales });
  }

  /** The books know of these sales by now. */
  forgetSales(orderIds: readonly string[]): void {
    if (this.#order === null || orderIds.length === 0) return;
    const sales = this.#order.sales.filter(({ orderId }) => !orderIds.includes(orderId));
    this.#become({ ...this.#order, sales });
  }

  /** Arming by hand. @returns why the stop is still in force, as a sentence; `null` where it has ended for these */
  release(sides: readonly StopSide[]): string | null {
    const order = this.#order;
    if (order === null) return null;
    const holds = SIDES.filter((side) => order.holds.includes(side) && !sides.includes(side));
    try {
      if (holds.length > 0) {
        const places = order.places.filter(({ account }) => holds.includes(account));
        const rest = { ...order, holds, places };
        this.#options.disk.write(rest);
        this.#set(rest);
        return null;
      }
      const again = this.#options.disk.remove(order);
      this.#set(again);
      return again === null ? null : 'The emergency stop was pressed again meanwhile.';
    } catch (error) {
      return `The stop could not be taken off the disk (${reasonOf(error)}), so it stays in force.`;
    }
  }

  /** Takes up what another process has pressed, and writes again what could not be written. */
  look(): void {
    const found = this.#options.disk.read();
    const known = this.#order;
    if (found === null && known === null) return;
    if (found === null || known === null) return this.#become(found ?? known);
    if (!isDeepStrictEqual(found, known)) this.#become(taken(known, found));
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  #become(order: StopOrder | null): void {
    if (order === null) return;
    try {
      this.#options.disk.write(order);
      this.#trouble = null;
    } catch (error) {
      this.#trouble = `The stop is in force, but it could not be written to disk (${reasonOf(error)}): it would not outlive this run. Leave CryptoPiggy running until the stop is carried out.`;
    }
    this.#set(order);
  }

  #set(order: StopOrder | null): void {
    this.#order = order;
    this.#listeners.tell();
  }
}

/** Another press makes what was proven uncertain; else this process knows more of its own order than the disk does. */
function taken(known: StopOrder, found: StopOrder): StopOrder {
  const merged = mergeOrders(known, found);
  const isPressedAgain = found.id !== known.id && found.pressedAt >= known.pressedAt;
  return isPressedAgain ? { ...merged, places: [] } : merged;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
