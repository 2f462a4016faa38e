/** What a random run is made of: a setting, and steps in which prices, people, the exchange and the clock act. */

import fc from 'fast-check';
import { NO_ATTACHED_EXITS, type AttachedExits } from '../bot/attached-exits.ts';
import type { RestingExits } from '../bot/desk.ts';
import type { StopLevel } from '../domain/order.ts';
import { DAY_MS } from '../domain/timeframe.ts';

/** What becomes of an order that is sent: `slow` arrives later, the silent ones leave the sender without an answer. */
export type Fate = 'placed' | 'refused' | 'slow' | 'silent-placed' | 'silent-lost';

export const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'BNB/USDT', 'DOGE/USDT'] as const;

export interface BotSetting {
  readonly strategy: 'by-hand' | 'sma-cross' | 'rsi-reversion';
  readonly symbol: (typeof SYMBOLS)[number];
  readonly exits: AttachedExits;
}

export interface Setting {
  readonly restingExits: RestingExits;
  readonly feeIn: 'quote' | 'base' | 'BNB';
  readonly bots: readonly BotSetting[];
  /** USDT. */
  readonly cash: number;
  readonly hasSteps: boolean;
  /** The person holds coins of the bots' symbols too. */
  readonly hasOtherCoins: boolean;
  /** Whether prices are known before anything happens. */
  readonly isPriced: boolean;
  /** What every move of a price is multiplied by. */
  readonly volatility: number;
  /** The exchange keeps stops and does not fill them. */
  readonly stopsStick: boolean;
  /** Of the orders sent, in this order; all later ones are placed. */
  readonly fates: readonly Fate[];
  /** Whether the cancellations sent, in this order, come late; all later ones are at once. */
  readonly slowCancels: readonly boolean[];
}

/** What a person does. */
export type Command =
  | {
      readonly kind: 'enter';
      readonly bot: number;
      readonly cost: number;
      /** Fraction of the price; `null` at the market. */
      readonly limit: number | null;
      /** An absolute one as a fraction of the price. */
      readonly stop: StopLevel | null;
      readonly target: number | null;
      readonly trailing: number | null;
      readonly maxHoldMs: number | null;
    }
  | { readonly kind: 'close'; readonly bot: number }
  /** Enters and closes again and again, all of it delivered. */
  | { readonly kind: 'churn'; readonly bot: number; readonly rounds: number }
  | { readonly kind: 'bot-started' | 'bot-paused' | 'bot-stopped'; readonly bot: number }
  | { readonly kind: 'halt'; readonly flatten: boolean }
  | { readonly kind: 'reduce' | 'arm' }
  | {
      readonly kind: 'transfer';
      readonly currency: 'USDT' | 'BNB' | 'BTC';
      readonly amount: number;
    };

export type Step =
  | Command
  | { readonly kind: 'price'; readonly symbol: number; readonly move: number }
  | { readonly kind: 'bar' | 'tick' | 'restart' | 'quiet' }
  | { readonly kind: 'deliver'; readonly pick: number; readonly again: boolean }
  | { readonly kind: 'arrive'; readonly pick: number }
  | { readonly kind: 'trade'; readonly pick: number; readonly part: number }
  | { readonly kind: 'expire'; readonly pick: number }
  | { readonly kind: 'later' | 'skew'; readonly ms: number };

/** Shown by fast-check when a property fails: one line a step, to be pasted into a story. */
export class Sequence {
  readonly setting: Setting;
  readonly steps: readonly Step[];

  constructor(setting: Setting, steps: readonly Step[]) {
    this.setting = setting;
    this.steps = steps;
  }

  toString(): string {
    const lines = this.steps.map((step) => `  ${described(step)}`);
    return `setting ${JSON.stringify(this.setting)}\n${lines.join('\n')}\n`;
  }
}

function described({ kind, ...rest }: Step): string {
  const values = Object.entries(rest).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [kind, ...values].join(', ');
}

const fraction = (percents: readonly number[]) =>
  fc.constantFrom(...percents).map((percent) => percent / 100);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const pick = fc.nat(7);
const bot = fc.nat(2);

const exits: fc.Arbitrary<AttachedExits> = fc.oneof(
  fc.constant(NO_ATTACHED_EXITS),
  fc.record({
    stopDistance: orNull(fraction([1, 4, 10])),
    targetDistance: orNull(fraction([2, 6])),
    trailing: orNull(fraction([2, 5])),
    maxHoldMs: orNull(fc.constantFrom(60_000, 300_000)),
  }),
);

const setting: fc.Arbitrary<Setting> = fc.record({
  restingExits: fc.constantFrom('stop', 'pair', 'none'),
  feeIn: fc.constantFrom('quote', 'base', 'BNB'),
  bots: fc.array(
    fc.record({
      strategy: fc.constantFrom('by-hand', 'sma-cross', 'rsi-reversion'),
      symbol: fc.constantFrom(...SYMBOLS.slice(0, 3), ...SYMBOLS.slice(0, 3), ...SYMBOLS),
      exits,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  cash: fc.constantFrom(1_000, 110, 300),
  hasSteps: fc.boolean(),
  hasOtherCoins: fc.boolean(),
  isPriced: fc.constantFrom(true, true, true, false),
  volatility: fc.constantFrom(1, 0.1),
  stopsStick: fc.boolean(),
  fates: fc.array(
    fc.constantFrom<Fate>('placed', 'placed', 'refused', 'slow', 'silent-placed', 'silent-lost'),
    { maxLength: 30 },
  ),
  slowCancels: fc.array(fc.boolean(), { maxLength: 20 }),
});

const enter = fc.record({
  kind: fc.constant('enter'),
  bot,
  cost: fc.constantFrom(50, 10, 6, 25, 12, 500, 3),
  limit: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fraction([100, 99.5, 97, 101]) },
  ),
  stop: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 2,
      arbitrary: fraction([2, 5, 10]).map((distance): StopLevel => ({
        kind: 'distance',
        fraction: distance,
      })),
    },
    {
      weight: 2,
      arbitrary: fraction([97, 90, 94, 101]).map((price): StopLevel => ({ kind: 'price', price })),
    },
  ),
  target: orNull(fraction([103, 110])),
  trailing: orNull(fraction([3, 8])),
  maxHoldMs: orNull(fc.constantFrom(60_000, 300_000)),
});

const moved = (percents: readonly number[]) =>
  fc.record({ kind: fc.constant('price'), symbol: fc.nat(2), move: fraction(percents) });
const later = fc.constantFrom(1_000, 11_000, 3_600_000, 20 * 3_600_000, DAY_MS);
const skew = fc.constantFrom(0, 0, 5_000, -5_000, -2 * DAY_MS, DAY_MS);

const weighed: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<Step>])[] = [
  [20, moved([0, 0.5, -0.5, 1.5, -1.5, 3, -3])],
  [2, moved([-6, -12, -40, 15])],
  [10, fc.constant({ kind: 'bar' })],
  [24, fc.record({ kind: fc.constant('deliver'), pick, again: fc.boolean() })],
  [5, fc.record({ kind: fc.constant('arrive'), pick })],
  [16, fc.record({ kind: fc.constant('trade'), pick, part: fc.constantFrom(1, 1, 0.5, 0.3) })],
  [2, fc.record({ kind: fc.constant('expire'), pick })],
  [24, enter],
  [7, fc.record({ kind: fc.constant('close'), bot })],
  [1, fc.record({ kind: fc.constant('churn'), bot, rounds: fc.constantFrom(3, 10, 21) })],
  [6, fc.constant({ kind: 'quiet' })],
  [3, fc.constant({ kind: 'restart' })],
  [1, fc.constant({ kind: 'tick' })],
  [2, fc.record({ kind: fc.constant('later'), ms: later })],
  [1, fc.record({ kind: fc.constant('skew'), ms: skew })],
  [1, fc.record({ kind: fc.constantFrom('bot-paused', 'bot-stopped'), bot })],
  [4, fc.record({ kind: fc.constant('bot-started'), bot })],
  [1, fc.record({ kind: fc.constant('halt'), flatten: fc.boolean() })],
  [1, fc.constant({ kind: 'reduce' })],
  [5, fc.constant({ kind: 'arm' })],
  [
    2,
    fc.record({
      kind: fc.constant('transfer'),
      currency: fc.constantFrom('USDT', 'USDT', 'BNB', 'BTC'),
      amount: fc.constantFrom(100, 50, 1, -50, -100, -500, -2),
    }),
  ],
];

const step = fc.oneof(...weighed.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** @param longest steps at most */
export function sequences(longest: number): fc.Arbitrary<Sequence> {
  return fc
    .tuple(setting, fc.array(step, { maxLength: longest, size: 'max' }))
    .map(([drawn, steps]) => new Sequence(drawn, steps));
}
