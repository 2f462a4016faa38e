/** Live trading behind the contract: the gate, the keys and the test trades. */

import type { liveContract } from '../../contract/live.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { EntryAnswer } from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { Clock } from '../trading/clock.ts';
import { enterByHand, faultOf } from '../trading/enter-by-hand.ts';
import { loadRules } from '../trading/rules.ts';
import type { TradingAccount } from '../trading/trading-account.ts';
import { Watchers } from '../trading/watchers.ts';
import { whyNotForgotten, whyNotReplaced } from './key-at-work.ts';
import type { KeyShelf } from './key-shelf.ts';
import type { LiveTrading } from './live-trading.ts';
import { testBot, testPlan, type TestPlan } from './test-trade.ts';

export interface LiveHandlersOptions {
  readonly live: LiveTrading;
  readonly keys: KeyShelf;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly reportFault: (error: unknown) => void;
}

type LiveHandlers = Handlers<typeof liveContract>;

export function liveHandlers(options: LiveHandlersOptions): LiveHandlers {
  const { live, keys, clock, reportFault } = options;
  const watchers = new Watchers(clock, reportFault);
  live.onChange(() => watchers.note());
  return {
    'live.watch': (_, sink) => {
      const push = (): void => sink.push(live.state());
      push();
      return watchers.add(push);
    },
    'live.choose': (target) => watchers.newsBefore(live.choose(target)),
    'live.connect': () => watchers.newsBefore(live.connect()),
    'live.disconnect': () => watchers.newsBefore(live.disconnect()),
    'live.confirm': ({ text, shown }) => watchers.newsBefore(live.confirm(text, shown)),
    'live.switch-off': () => {
      live.switchOff();
      return watchers.newsBefore(ok({}));
    },
    'live.test-plan': async () => {
      const planned = await plan(options);
      return planned.ok ? ok({ ...planned.value }) : planned;
    },
    'live.test-buy': ({ cost }) => buy(options, cost),
    'live.test-sell': () => sell(live),
    'keys.save': async ({ venue, apiKey, secret, place }) => {
      const stays = await whyNotReplaced(live.keyAtWork(venue), { apiKey, secret });
      if (stays !== null) return watchers.newsBefore(stays);
      const saved = await keys.save(venue, { apiKey, secret }, place);
      if (saved.ok) await live.changeKey(venue, async () => {});
      return watchers.newsBefore(saved);
    },
    'keys.forget': async ({ venue }) => {
      // Nothing can be bought between this and the end of live mode.
      const stays = whyNotForgotten(live.keyAtWork(venue));
      if (stays !== null) return watchers.newsBefore(stays);
      const forgotten = await live.changeKey(venue, () => keys.forget(venue));
      return watchers.newsBefore(forgotten);
    },
    'keys.create-file': ({ passphrase }) => watchers.newsBefore(keys.createFile(passphrase)),
    'keys.unlock-file': ({ passphrase }) => watchers.newsBefore(keys.unlockFile(passphrase)),
  };
}

async function plan({ live, settings }: LiveHandlersOptions): Promise<ContractResult<TestPlan>> {
  const found = withTestBot(live, (account, botId) => ok({ account, botId }));
  if (!found.ok) return found;
  const { account, botId } = found.value;
  const price = account.priceOf(botId);
  if (price === null) {
    const sentence = 'There is no price yet. Wait until the first one has come, and try again.';
    return contractFailure('FEED_UNAVAILABLE', sentence);
  }
  const instrument = await account.instrument(live.target.symbol);
  if (!instrument.ok) return contractFailure('FEED_UNAVAILABLE', instrument.error.sentence);
  const { limits } = loadRules(settings);
  return ok(
    testPlan({
      instrument: instrument.value,
      limits,
      price,
      feeRate: account.session.engine.fees.of(live.target.symbol).taker,
      venue: live.state().venue.name,
    }),
  );
}

async function buy(
  options: LiveHandlersOptions,
  cost: number,
): Promise<ContractResult<EntryAnswer>> {
  const { live } = options;
  const closed = live.closedBecause();
  if (closed !== null) return contractFailure('LIVE_MODE_OFF', closed);
  const planned = await plan(options);
  if (!planned.ok) return planned;
  if (planned.value.cost !== cost) {
    const sentence = `The test costs ${planned.value.cost.toFixed(2)} by now. Look at it again before you buy.`;
    return contractFailure('LIVE_NOT_READY', sentence);
  }
  return withTestBot(live, (account, botId) =>
    enterByHand(account, { botId, cost, limit: null, stop: null, target: null }),
  );
}

function sell(live: LiveTrading): ContractResult<Record<string, never>> {
  return withTestBot(live, (account, botId) => {
    const bot = account.session.engine.bots.find(botId);
    if (bot?.holding.position.isOpen !== true) {
      return contractFailure('BOT_NOT_FOUND', 'There is nothing of a test trade to sell.');
    }
    account.closePosition(botId);
    return faultOf(account) ?? ok({});
  });
}

function withTestBot<T>(
  live: LiveTrading,
  act: (account: TradingAccount, botId: string) => ContractResult<T>,
): ContractResult<T> {
  const account = live.account();
  if (account === null) return NOT_CONNECTED;
  const { id, symbol } = testBot(live.target.symbol);
  if (account.session.engine.bots.find(id) === null) {
    const sentence = `${symbol} cannot be traded here. Choose another symbol for the test.`;
    return contractFailure('BOT_NOT_FOUND', sentence);
  }
  return faultOf(account) ?? act(account, id);
}

const NOT_CONNECTED = contractFailure(
  'NO_ACCOUNT',
  'No exchange is connected. Save a key and press Validate & Sync first.',
);
