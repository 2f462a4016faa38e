/** The person's order to stop: what it asks, which accounts it holds, and how far it has been carried out. */

import { z } from 'zod';

/** Where something of ours may be: an account at one place. */
const placeReport = z.object({
  /** Tells places apart: `paper`, or `live` with the account's id. */
  key: z.string(),
  account: z.enum(['paper', 'live']),
  venue: z.string(),
  state: z.enum(['carried-out', 'not-yet']),
  /** What it is waiting for, or what was proven, as a sentence. */
  sentence: z.string(),
  /** ms UTC of what is said here. */
  time: z.number(),
  cancelled: z.array(z.string()),
  notCancelled: z.array(z.string()),
  kept: z.array(z.string()),
  sold: z.array(z.string()),
  notSold: z.array(z.string()),
});

/** A sale that went out past an engine that could not be asked; on disk before it is sent, for the books to take up. */
const stopSale = z.object({
  orderId: z.string(),
  place: z.string(),
  botId: z.string(),
  symbol: z.string(),
  /** In base. */
  amount: z.number().positive(),
  /** The worst price that it may trade at, in quote; `null` where it was noted before sales past the engine had one. */
  bound: z.number().positive().nullable().default(null),
  /** The exchange has refused it: nothing came of it. */
  isRefused: z.boolean().default(false),
  /** ms UTC. */
  time: z.number(),
});

const stopOrder = z.object({
  id: z.string(),
  /** ms UTC of the latest press. */
  pressedAt: z.number(),
  /** Whether positions are to be sold too. */
  flatten: z.boolean(),
  /** Sides that were not armed since. */
  holds: z.array(z.enum(['paper', 'live'])).min(1),
  /** It was read from a file that is damaged: what it asked beyond stopping is not known. */
  isDamaged: z.boolean(),
  places: z.array(placeReport),
  sales: z.array(stopSale),
});

export type StopSide = 'paper' | 'live';
export type PlaceReport = Readonly<z.infer<typeof placeReport>>;
export type StopSale = Readonly<z.infer<typeof stopSale>>;
export type StopOrder = Readonly<z.infer<typeof stopOrder>>;

export const SIDES: readonly StopSide[] = ['paper', 'live'];

/** `null` for what is no order. */
export function parseStopOrder(text: string): StopOrder | null {
  try {
    const parsed = stopOrder.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What cannot be read was an order to stop all the same. */
export function damagedOrder(id: string, time: number): StopOrder {
  return {
    id,
    pressedAt: time,
    flatten: false,
    holds: [...SIDES],
    isDamaged: true,
    places: [],
    sales: [],
  };
}

/** Both hold: nothing that one of them asks is weakened by the other. */
export function mergeOrders(one: StopOrder, other: StopOrder): StopOrder {
  const [earlier, later] = one.pressedAt <= other.pressedAt ? [one, other] : [other, one];
  return {
    ...later,
    flatten: one.flatten || other.flatten,
    holds: SIDES.filter((side) => one.holds.includes(side) || other.holds.includes(side)),
    isDamaged: one.isDamaged && other.isDamaged,
    places: newest([...earlier.places, ...later.places]),
    sales: [
      ...new Map([...earlier.sales, ...later.sales].map((sale) => [sale.orderId, sale])).values(),
    ],
  };
}

/** Pressed again, or for the first time: whatever was proven has to be proven anew. */
export function pressed(
  before: StopOrder | null,
  press: { readonly id: string; readonly time: number; readonly flatten: boolean },
): StopOrder {
  return {
    id: press.id,
    pressedAt: Math.max(press.time, before?.pressedAt ?? press.time),
    flatten: press.flatten || before?.flatten === true,
    holds: [...SIDES],
    isDamaged: false,
    places: [],
    sales: before === null ? [] : [...before.sales],
  };
}

function newest(reports: readonly PlaceReport[]): PlaceReport[] {
  const byPlace = new Map<string, PlaceReport>();
  for (const report of reports) {
    const known = byPlace.get(report.key);
    if (known === undefined || known.time <= report.time) byPlace.set(report.key, report);
  }
  return [...byPlace.values()];
}
