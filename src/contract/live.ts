/** Live trading: the gate's conditions one by one, the exchange and its key, and the first small test trades. */

import { z } from 'zod';
import { LIVE_CONDITIONS } from '../core/domain/live-condition.ts';
import { call, stream } from './define.ts';
import { nothing, symbol, timestamp } from './shared-schemas.ts';
import { entryAnswer, revision } from './trading.ts';

export const VENUE_IDS = ['binanceus', 'binance', 'kraken', 'coinbase'] as const;

/** As shown to the person. */
export const VENUE_NAMES = {
  binanceus: 'Binance US',
  binance: 'Binance',
  kraken: 'Kraken',
  coinbase: 'Coinbase',
} as const satisfies Record<(typeof VENUE_IDS)[number], string>;

const venueId = z.enum(VENUE_IDS);

/** Where a key is kept. */
const secretPlace = z.enum(['keychain', 'file', 'environment']);

/** All that the window ever learns of a key: a few of its characters, and where it is kept. */
const keptKey = z.strictObject({ masked: z.string(), place: secretPlace });

const condition = z.strictObject({
  name: z.enum(LIVE_CONDITIONS),
  holds: z.boolean(),
  /** What holds, or what is missing and how to mend it. */
  reason: z.string(),
});

export const liveState = z.strictObject({
  venue: z.strictObject({ id: venueId, name: z.string() }),
  /** What test trades are made in, and orders by hand until another is chosen. */
  symbol,
  /** Of both: what another choice is based on. */
  revision,
  conditions: z.array(condition),
  /** All of them hold: orders go to the exchange. */
  isLive: z.boolean(),
  /** All but the confirmation. */
  isReady: z.boolean(),
  /** Why live mode was switched off last, as a sentence. */
  shutBecause: z.string().nullable(),
  /** What has to be typed to switch it on: the token that was set, or this sentence. */
  confirmBy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('token') }),
    z.strictObject({ kind: z.literal('sentence'), sentence: z.string() }),
  ]),
  /**
   * Names what a confirmation is for: exchange, symbol, key and limits, as they are now. It goes back with the
   * confirmation, which is refused where it is not the same any more.
   */
  shown: z.string(),
  /** Whether the account is open: read and watched, with or without live mode. */
  isConnected: z.boolean(),
  /** The last health check; `null` before the first. */
  health: z
    .strictObject({
      time: timestamp,
      isHealthy: z.boolean(),
      sentence: z.string(),
      /** ms; `null` where there was no answer. */
      latencyMs: z.number().nullable(),
      /** The exchange's clock less this computer's, ms. */
      clockSkewMs: z.number().nullable(),
    })
    .nullable(),
  key: keptKey.nullable(),
  vault: z.strictObject({
    keychain: z.strictObject({ works: z.boolean(), sentence: z.string() }),
    file: z.enum(['none', 'locked', 'open']),
  }),
});

const sentence = z.strictObject({ sentence: z.string() });

/** Typed by a person; never sent back. */
const secretText = z.string().min(1).max(10_000);

export const liveContract = {
  'live.watch': stream(nothing, liveState, 'latest'),
  /** Another exchange or symbol than those of `revision`: shuts the gate. */
  'live.choose': call(z.strictObject({ venue: venueId, symbol, revision }), nothing),
  /** Validates the key and brings the books and the exchange together. */
  'live.connect': call(nothing, sentence),
  'live.disconnect': call(nothing, nothing),
  /** Switches live mode on where everything else holds. @param shown as the person saw it when they began to confirm */
  'live.confirm': call(
    z.strictObject({ text: z.string().max(500), shown: z.string().max(500) }),
    nothing,
  ),
  'live.switch-off': call(nothing, nothing),
  /** What a test trade will cost, and why it is more than was asked for. */
  'live.test-plan': call(
    nothing,
    z.strictObject({ symbol, cost: z.number(), raisedBecause: z.string().nullable() }),
  ),
  /** @param cost as planned: nobody buys for more than they were told */
  'live.test-buy': call(z.strictObject({ cost: z.number().positive() }), entryAnswer),
  'live.test-sell': call(nothing, nothing),
  'keys.save': call(
    z.strictObject({
      venue: venueId,
      apiKey: secretText,
      secret: secretText,
      place: z.enum(['keychain', 'file']),
    }),
    keptKey,
  ),
  'keys.forget': call(
    z.strictObject({ venue: venueId }),
    z.strictObject({ leftInEnvironment: z.boolean() }),
  ),
  /** Begins the encrypted file, for where no keychain works. */
  'keys.create-file': call(z.strictObject({ passphrase: secretText }), nothing),
  'keys.unlock-file': call(z.strictObject({ passphrase: secretText }), nothing),
} as const;

export type LiveState = z.infer<typeof liveState>;
export type VenueId = (typeof VENUE_IDS)[number];
