/** Where a stop has to be carried out at real exchanges: at the account's, open or not, and wherever one ever was. */

import { VENUE_IDS, type VenueId } from '../../contract/live.ts';
import type { ContractResult } from '../../contract/errors.ts';
import { keptBooks, listedOf, NO_BOOKS, prefixesAt, type StopBooks } from '../stop/stop-books.ts';
import { stopAtExchange, withdrawAtExchange } from '../stop/stop-at-exchange.ts';
import type { StopOrder } from '../stop/stop-order.ts';
import { carriedOut, notYet, type PlaceOutcome, type StopPlace } from '../stop/stop-place.ts';
import type { StopAtExchange } from '../stop/stop-work.ts';
import type { KeptAccount } from '../storage/trading-store.ts';
import { loadRules } from '../trading/rules.ts';
import { placeKey } from '../trading/trading-account.ts';
import { isRehearsal, isRehearsed } from './kept-live-account.ts';
import type { LiveAccount } from './live-account.ts';
import type { Credentials, LiveGateway } from './live-gateway.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import { venueName } from './venue-name.ts';

export interface LiveStopPlaces extends LiveTradingOptions {
  readonly account: () => LiveAccount | null;
  /** What is chosen, and what a connection goes to. */
  readonly venue: () => VenueId;
  /** In its turn. */
  readonly connect: () => Promise<ContractResult<unknown>>;
  /** Nothing connects or disconnects while it works. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export function liveStopPlaces(parts: LiveStopPlaces): readonly StopPlace[] {
  const { store, account } = parts;
  const open = account();
  const current = store.current();
  const places = current === null ? [] : currentPlaces(parts, current, open);
  if (isRehearsal(parts)) return places;
  const past = store
    .accounts()
    .filter(({ endedAt }) => endedAt !== null)
    .map(({ settings }) => settings.venue)
    .filter((venue) => venue !== current?.settings.venue);
  return [...places, ...[...new Set(past)].flatMap((venue) => pastPlaces(parts, venue))];
}

/** What is ours and could buy goes before anything else is asked: for a gateway that has just been opened. */
export async function withdrawFirst(
  parts: LiveTradingOptions,
  venue: VenueId,
  gateway: LiveGateway,
): Promise<void> {
  const { order } = parts.stops;
  if (order?.holds.includes('live') !== true) return;
  const kept = parts.store.current();
  if (kept === null || kept.settings.venue !== venue || isElsewhere(parts, kept)) return;
  // An exchange that does not answer is found out by whoever validates.
  if (!(await gateway.health()).ok) return;
  await withdrawAtExchange(await workAt(parts, gateway, kept, { ...order, flatten: false }));
}

function currentPlaces(
  parts: LiveStopPlaces,
  kept: KeptAccount,
  open: LiveAccount | null,
): readonly StopPlace[] {
  const books = (): StopBooks => open?.stopBooks() ?? keptBooks(kept);
  const isOpen =
    books().openOrders.length > 0 || books().positions.some(({ amount }) => amount > 0);
  // What was rehearsed is nobody's money, and what is real is not at the simulator.
  if (isElsewhere(parts, kept) && (isRehearsed(parts.settings, kept) || !isOpen)) return [];
  return [
    {
      key: placeKey('live', kept.id),
      account: 'live',
      venue: venueName(kept.settings.venue),
      books,
      carryOut: (order) =>
        isElsewhere(parts, kept)
          ? Promise.resolve(notYet(ON_SIMULATOR))
          : carryOutAt(parts, kept, order),
    },
  ];
}

async function carryOutAt(
  parts: LiveStopPlaces,
  { id, settings }: KeptAccount,
  order: StopOrder,
): Promise<PlaceOutcome> {
  const { account, connect, inTurn } = parts;
  const venue = VENUE_IDS.find((each) => each === settings.venue);
  if (venue === undefined) return notYet(`There is no exchange "${settings.venue}".`);
  const connected = account() === null && venue === parts.venue() ? await connect() : null;
  // What is sold past an account that opens meanwhile would be sold by that one too.
  const past =
    account()?.id === id ? null : await inTurn(() => carryOutPast(parts, id, venue, order));
  if (past === null) return account()?.carryOut(order) ?? notYet(INTERRUPTED);
  // Whoever could not be connected with has said why.
  return connected?.ok === false && past.state === 'not-yet'
    ? { ...past, sentence: connected.error.sentence }
    : past;
}

/** By the kept books. @returns `null` where the account has been opened meanwhile */
async function carryOutPast(
  parts: LiveStopPlaces,
  id: number,
  venue: VenueId,
  order: StopOrder,
): Promise<PlaceOutcome | null> {
  const { account, keys, store } = parts;
  if (account()?.id === id) return null;
  const kept = store.current();
  if (kept?.id !== id) return notYet(INTERRUPTED);
  const credentials = venue === parts.venue() ? await keys.read(venue) : await keys.readOwn(venue);
  if (!credentials.ok) return notYet(credentials.error.sentence);
  return atGateway(parts, venue, credentials.value, async (gateway) =>
    stopAtExchange(await workAt(parts, gateway, kept, order)),
  );
}

const INTERRUPTED = 'The account was opened or ended meanwhile. It is gone on with at once.';

/** No account is there any more, and its books showed nothing open when it ended: the exchange is asked all the same. */
function pastPlaces(parts: LiveStopPlaces, name: string): readonly StopPlace[] {
  const venue = VENUE_IDS.find((id) => id === name);
  if (venue === undefined) return [];
  return [
    {
      key: `live ${venue}`,
      account: 'live',
      venue: venueName(venue),
      books: () => NO_BOOKS,
      carryOut: (order) => carryOutAtPast(parts, venue, order),
    },
  ];
}

async function carryOutAtPast(
  parts: LiveStopPlaces,
  venue: VenueId,
  order: StopOrder,
): Promise<PlaceOutcome> {
  const closed = `The books show nothing open on ${venueName(venue)}, and its last account has ended.`;
  const credentials = await parts.keys.readOwn(venue);
  if (!credentials.ok) {
    const { code, sentence } = credentials.error;
    // A key that was forgotten can place nothing any more.
    return code === 'KEY_MISSING' ? carriedOut(closed) : notYet(sentence);
  }
  return atGateway(parts, venue, credentials.value, async (gateway) => {
    const valid = await gateway.validateKey();
    if (!valid.ok && valid.error.code === 'EXCHANGE_REFUSED') return carriedOut(closed);
    return withdrawAtExchange(await pastWork(parts, gateway, venue, order));
  });
}

async function atGateway(
  { openGateway }: LiveStopPlaces,
  venue: VenueId,
  credentials: Credentials,
  act: (gateway: LiveGateway) => Promise<PlaceOutcome>,
): Promise<PlaceOutcome> {
  const gateway = await openGateway(venue, credentials);
  try {
    const health = await gateway.health();
    return health.ok ? await act(gateway) : notYet(health.error.sentence);
  } finally {
    gateway.close();
  }
}

async function workAt(
  parts: LiveTradingOptions,
  gateway: LiveGateway,
  kept: KeptAccount,
  { flatten }: StopOrder,
): Promise<StopAtExchange> {
  const { store, settings, stops, clock } = parts;
  const { venue, orderPrefix } = kept.settings;
  const place = placeKey('live', kept.id);
  return {
    exchange: gateway,
    books: keptBooks(kept),
    flatten,
    prefixes: [...new Set([orderPrefix, ...prefixesAt(store, venue)])],
    symbols: await listedOf(loadRules(settings).whitelist, (symbol) => gateway.instrument(symbol)),
    sales: stops.order?.sales.filter((sale) => sale.place === place) ?? [],
    unfound: stops.unfound,
    tradedAtEnd: stops.tradedAtEnd,
    newSaleId: () => stops.newSaleId(orderPrefix),
    noteSale: (sale) => stops.noteSale({ ...sale, place }),
    saleRefused: (orderId) => stops.saleRefused(orderId),
    now: () => clock.now(),
  };
}

/** Nothing was bought there by any account that has not ended: there is nothing to sell. */
async function pastWork(
  { store, settings, stops, clock }: LiveTradingOptions,
  gateway: LiveGateway,
  venue: VenueId,
  { flatten }: StopOrder,
): Promise<StopAtExchange> {
  return {
    exchange: gateway,
    books: NO_BOOKS,
    flatten,
    prefixes: prefixesAt(store, venue),
    symbols: await listedOf(loadRules(settings).whitelist, (symbol) => gateway.instrument(symbol)),
    sales: [],
    unfound: stops.unfound,
    tradedAtEnd: stops.tradedAtEnd,
    newSaleId: () => nothingToSell(),
    noteSale: () => nothingToSell(),
    saleRefused: () => nothingToSell(),
    now: () => clock.now(),
  };
}

function nothingToSell(): never {
  throw new Error('An account that has ended holds nothing that could be sold.');
}

function isElsewhere(parts: LiveTradingOptions, kept: KeptAccount): boolean {
  return isRehearsed(parts.settings, kept) !== isRehearsal(parts);
}

const ON_SIMULATOR =
  'CryptoPiggy runs on a simulator, and what is open is at the real exchange: start it without EXCHANGE_SIMULATOR_URL.';
