/** Carries out the stop that is in force, at every place, until each has proven it; and tells how far it is. */

import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../trading/clock.ts';
import { Listeners } from '../listeners.ts';
import type { StopLatch } from './stop-latch.ts';
import type { PlaceReport, StopOrder } from './stop-order.ts';
import { knownOpen, notYet, type PlaceOutcome, type StopPlace } from './stop-place.ts';
import { joinedReport, reportOf, type StopReport } from './stop-report.ts';

export interface StopDeskOptions {
  readonly latch: StopLatch;
  readonly clock: Clock;
  /** Every place of the profile. @throws Error where the books cannot be read */
  readonly places: () => readonly StopPlace[];
  /** Whatever is open for entries is shut, before anybody is asked. */
  readonly onPress: () => void;
  readonly reportFault: (error: unknown) => void;
}

/** An attempt that the place did not let come to anything leaves what the books know to be open. */
function named(outcome: PlaceOutcome, place: StopPlace, order: StopOrder): PlaceOutcome {
  const isTold = outcome.notCancelled.length > 0 || outcome.notSold.length > 0;
  if (outcome.state === 'carried-out' || isTold) return outcome;
  const { notCancelled, notSold } = knownOpen(place, order);
  return { ...outcome, notCancelled, notSold };
}

/** How often it is looked whether something is due, or was pressed by another process, ms. */
const LOOK_EVERY_MS = 1_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** How long whoever pressed waits for the proof, ms; it is gone on with after that. */
const PATIENCE_MS = 10_000;

interface Attempts {
  isUnderWay: boolean;
  /** ms UTC. */
  nextAt: number;
  pause: number;
}

export class StopDesk {
  readonly #options: StopDeskOptions;
  readonly #attempts = new Map<string, Attempts>();
  readonly #listeners: Listeners;
  #unlisted: string | null = null;
  #callOff: () => void = () => {};
  #isClosed = false;
  /** What this run has proven itself; what an earlier one did is proven once more. */
  readonly #proven = new Set<string>();
  #seen: string | null;

  constructor(options: StopDeskOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
    this.#seen = options.latch.order?.id ?? null;
    options.latch.onChange(() => this.#changed());
  }

  /** From here on a stop is carried out. */
  start(): void {
    this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#listeners.clear();
  }

  /** @returns how far it is when it is carried out, or when patience ends */
  async press(flatten: boolean): Promise<StopReport> {
    const { latch, onPress } = this.#options;
    const order = latch.press(flatten);
    onPress();
    this.#begin(order);
    await this.#carriedOut();
    return this.report() ?? reportOf(order, [], latch.trouble, this.#unlisted);
  }

  /** `null` while no stop is in force. */
  report(): StopReport | null {
    const { latch } = this.#options;
    const { order } = latch;
    return order === null
      ? null
      : reportOf(order, this.#reports(order), latch.trouble, this.#unlisted);
  }

  /** Something has changed that may let it go on: a connection, a key. */
  nudge(): void {
    this.#soon();
    this.#tryAll();
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  #look(): void {
    if (this.#isClosed) return;
    const { latch, clock, reportFault } = this.#options;
    try {
      latch.look();
      const id = latch.order?.id ?? null;
      // Another process has pressed it.
      if (id !== this.#seen && latch.order !== null) {
        this.#options.onPress();
        this.#begin(latch.order);
      }
      this.#tryAll();
    } catch (error) {
      reportFault(error);
    } finally {
      this.#callOff = clock.setTimer(LOOK_EVERY_MS, () => this.#look());
    }
  }

  #begin(order: StopOrder): void {
    this.#seen = order.id;
    this.#proven.clear();
    this.#soon();
    this.#tryAll();
  }

  #soon(): void {
    for (const attempts of this.#attempts.values()) {
      attempts.nextAt = 0;
      attempts.pause = FIRST_PAUSE_MS;
    }
  }

  #tryAll(): void {
    const { latch, clock, reportFault } = this.#options;
    const { order } = latch;
    if (order === null || this.#isClosed) return;
    for (const place of this.#places()) {
      if (!order.holds.includes(place.account) || this.#proven.has(place.key)) continue;
      const attempts = this.#attemptsAt(place.key);
      if (attempts.isUnderWay || attempts.nextAt > clock.now()) continue;
      attempts.isUnderWay = true;
      this.#try(place, order)
        .catch(reportFault)
        .finally(() => {
          attempts.isUnderWay = false;
          // Pressed again meanwhile.
          if (latch.order !== null && latch.order.id !== order.id) this.#tryAll();
        });
    }
  }

  async #try(place: StopPlace, order: StopOrder): Promise<void> {
    const { latch, clock } = this.#options;
    const outcome = await this.#outcome(place, order);
    const attempts = this.#attemptsAt(place.key);
    attempts.nextAt = clock.now() + attempts.pause;
    attempts.pause = Math.min(2 * attempts.pause, LONGEST_PAUSE_MS);
    const current = latch.order;
    if (current === null || this.#isClosed) return;
    if (current.id !== order.id) {
      // Pressed again meanwhile: what was proven was another stop.
      attempts.nextAt = 0;
      return;
    }
    if (outcome.state === 'carried-out') this.#proven.add(place.key);
    this.#keep(current, {
      ...named(outcome, place, current),
      key: place.key,
      account: place.account,
      venue: place.venue,
      time: clock.now(),
    });
  }

  async #outcome(place: StopPlace, order: StopOrder): Promise<PlaceOutcome> {
    try {
      return await place.carryOut(order);
    } catch (error) {
      // What was cut off by the end is gone on with at the next start.
      if (!this.#isClosed) this.#options.reportFault(error);
      return notYet(error instanceof Error ? error.message : String(error));
    }
  }

  /** Written where something is new: not for the time alone. */
  #keep(order: StopOrder, report: PlaceReport): void {
    const before = order.places.find(({ key }) => key === report.key);
    const joined = joinedReport(before, report);
    if (before !== undefined && isDeepStrictEqual({ ...before, time: 0 }, { ...joined, time: 0 })) {
      return;
    }
    const others = order.places.filter(({ key }) => key !== report.key);
    this.#options.latch.report([...others, joined]);
  }

  /** What was told last of each place; of one that has told nothing, what the books know to be open. */
  #reports(order: StopOrder): readonly PlaceReport[] {
    const places = this.#places().filter(({ account }) => order.holds.includes(account));
    return places.map((place) => {
      const told = order.places.find(({ key }) => key === place.key);
      if (told !== undefined) return told;
      const { key, account, venue } = place;
      return { ...knownOpen(place, order), key, account, venue, time: order.pressedAt };
    });
  }

  #places(): readonly StopPlace[] {
    try {
      const places = this.#options.places();
      this.#unlisted = null;
      return places;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#unlisted = `The books cannot be read (${reason}), so it is not known what is open.`;
      return [];
    }
  }

  #attemptsAt(key: string): Attempts {
    const known = this.#attempts.get(key);
    if (known !== undefined) return known;
    const attempts = { isUnderWay: false, nextAt: 0, pause: FIRST_PAUSE_MS };
    this.#attempts.set(key, attempts);
    return attempts;
  }

  #carriedOut(): Promise<void> {
    const isDone = (): boolean => this.report()?.state !== 'not-yet';
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        callOff();
        unlisten();
        resolve();
      };
      const callOff = this.#options.clock.setTimer(PATIENCE_MS, finish);
      const unlisten = this.onChange(() => {
        if (isDone()) finish();
      });
    });
  }

  #changed(): void {
    this.#listeners.tell();
  }
}
