/** Hours in which somebody trades, pays in, takes out and cancels in the same account, while pairs halt and vanish. */

import { expect } from 'vitest';
import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import { Chance } from '../../../trading/on-simulator/testing/chance.ts';
import { SoakStage } from './soak-stage.ts';

export interface BesideSetting {
  readonly seed: number;
  readonly minutes: number;
}

const OWN = { BTC: 0.1, ETH: 2 } as const;

const PAIRS = [
  { botId: 'by hand BTC', symbol: 'BTC/USDT', wire: 'BTCUSDT', coin: 'BTC', step: 0.000_01 },
  { botId: 'by hand ETH', symbol: 'ETH/USDT', wire: 'ETHUSDT', coin: 'ETH', step: 0.000_1 },
] as const;

type Pair = (typeof PAIRS)[number];

/** Of everything that is asked and told after the last thing that went wrong, ms. */
const REST_MS = 3 * MINUTE_MS;

class SomebodyBeside {
  readonly #stage: SoakStage;
  readonly #chance: Chance;
  readonly #did = new Map<string, number>();
  readonly #closed = new Set<string>();

  constructor(stage: SoakStage, seed: number) {
    this.#stage = stage;
    this.#chance = new Chance(seed);
  }

  async run(minutes: number) {
    const stage = this.#stage;
    await stage.price('BTCUSDT', 60_000);
    await stage.price('ETHUSDT', 3_000);
    for (const { botId, symbol } of PAIRS) await stage.addBot(botId, symbol);
    await stage.goLive();
    const end = stage.clock.now() + minutes * MINUTE_MS;
    while (stage.clock.now() < end) {
      await stage.advance(this.#chance.whole(1_000, 15_000));
      await this.#move();
      await this.#trade(this.#chance.oneOf(PAIRS));
      if (this.#chance.isTrue(0.25)) this.#meddle(this.#chance.oneOf(PAIRS));
      if (this.#chance.isTrue(0.03)) this.#close(this.#chance.oneOf(PAIRS));
      this.#expectOwnCoins();
    }
    this.#open();
    await stage.advance(REST_MS);
    this.#expectOwnCoins();
    return { ...stage.gauge.figures, did: Object.fromEntries(this.#did) };
  }

  #count(what: string): void {
    this.#did.set(what, (this.#did.get(what) ?? 0) + 1);
  }

  async #move(): Promise<void> {
    for (const { wire } of PAIRS) {
      const price = this.#stage.truth.prices[wire];
      if (price === undefined) continue;
      await this.#stage.price(wire, Number(price) * this.#chance.between(0.996, 1.004));
    }
  }

  /** What the app does: buys, closes, and is confirmed again; a doubt is decided by the person, now and then. */
  async #trade({ botId, wire }: Pair): Promise<void> {
    const stage = this.#stage;
    const { session } = stage.account;
    const price = Number(stage.truth.prices[wire] ?? 0);
    if (!stage.profile.live.isLive && this.#chance.isTrue(0.3)) stage.confirm();
    const { holding } = session.engine.bots.get(botId);
    if (holding.position.isOpen && this.#chance.isTrue(0.15)) stage.account.closePosition(botId);
    else if (price > 0 && this.#chance.isTrue(0.4)) {
      const stop = Math.round(price * this.#chance.between(0.97, 0.995) * 10) / 10;
      const entry = { botId, cost: this.#chance.between(8, 50), limit: null, stop, target: null };
      this.#count((await stage.enter(entry)) ?? 'entered');
    }
    const isDoubted = holding.doubt !== null && holding.doubt.kind !== 'suspect';
    if (isDoubted && this.#chance.isTrue(0.2)) {
      this.#count('written off');
      this.#giveUp({ botId, wire });
    }
    await stage.settled();
  }

  /** A position that is written off is the person's from then on. */
  #giveUp({ botId, wire }: Pick<Pair, 'botId' | 'wire'>): void {
    const pair = PAIRS.find((each) => each.botId === botId);
    if (pair === undefined) return;
    this.#stage.look();
    const held = this.#heldBy({ botId, wire });
    this.#stage.account.session.dispatch({
      kind: 'position-written-off',
      time: this.#stage.clock.now(),
      botId,
    });
    this.#stage.byPerson({ [pair.coin]: held }, () => {});
    this.#stage.gauge.trips.take(wire, held, held * this.#stage.priceOf(wire));
  }

  /** In base, without what small trades have left: that stays ours. */
  #heldBy({ botId, wire }: Pick<Pair, 'botId' | 'wire'>): number {
    const { account, gauge } = this.#stage;
    const { holding, setup } = account.session.engine.bots.get(botId);
    const left = account.status().dust.filter(({ symbol }) => symbol === setup.instrument.symbol);
    const dust = left.reduce((sum, { amount }) => sum + amount, 0);
    return Math.max(0, Math.min(holding.position.amount, gauge.trips.held(wire) - dust));
  }

  /** Somebody's own trades, transfers and cancellations; sometimes it is ours that they sell or take out. */
  #meddle(pair: Pair): void {
    const { coin, wire, step } = pair;
    // What has traded since the last look is no more to be taken.
    this.#stage.look();
    const steps = (amount: number): number => Math.floor(amount / step + 1e-6) * step;
    const held = steps(this.#heldBy(pair));
    const own = this.#stage.gauge.owned(coin);
    const some = steps(own * this.#chance.between(0.05, 0.3));
    const price = Number(this.#stage.truth.prices[wire] ?? 0);
    const what = this.#chance.oneOf(MEDDLINGS);
    const isOurs = held * price >= LEAST_WORTH && this.#isGuarded(wire);
    const isTraded = price > 0 && !this.#closed.has(wire);
    const sell = (amount: number): void => {
      this.#stage.hand.placeByHand({ symbol: wire, side: 'sell', quantity: amount.toFixed(8) });
    };
    switch (what) {
      case 'sells their own':
        if (!isTraded || some <= 0) return;
        this.#stage.byPerson({ [coin]: -some }, () => sell(some));
        break;
      case 'buys':
        if (!isTraded) return;
        this.#buy(pair, steps(20 / price));
        break;
      case 'pays in':
        this.#stage.byPerson({}, ({ transfer }) => transfer('USDT', '50'));
        break;
      case 'takes out':
        this.#stage.byPerson({}, ({ transfer }) => transfer('USDT', '-50'));
        break;
      case 'takes out coins of their own':
        if (some <= 0) return;
        this.#stage.byPerson({ [coin]: -some }, ({ transfer }) =>
          transfer(coin, `-${some.toFixed(8)}`),
        );
        break;
      case 'cancels our orders':
        this.#stage.look();
        for (const each of PAIRS) this.#stage.gauge.takeGuard(each.wire);
        this.#stage.hand.cancelAllByHand();
        break;
      case 'sells ours':
        if (!isTraded || !isOurs) return;
        this.#takeOurs(pair, held, price, () => sell(held));
        break;
      case 'takes out ours':
        if (!isOurs) return;
        this.#takeOurs(pair, held, price, () =>
          this.#stage.hand.transfer(coin, `-${held.toFixed(8)}`),
        );
        break;
    }
    this.#count(what);
  }

  #buy({ coin, wire }: Pair, amount: number): void {
    const before = this.#total(coin);
    this.#stage.look();
    this.#stage.gauge.byPerson(
      () => this.#stage.truth,
      {},
      () => {
        this.#stage.hand.placeByHand({ symbol: wire, side: 'buy', quantity: amount.toFixed(8) });
      },
    );
    // What the fee has left of it.
    this.#stage.byPerson({ [coin]: this.#total(coin) - before }, () => {});
  }

  /**
   * Coins are all alike: that it is ours that somebody sold or took out can be told by the guard that had to go for it. Where
   * none rests (the pair is halted), what goes is their own as far as that lasts.
   */
  #isGuarded(wire: string): boolean {
    return this.#stage.truth.orders.some(
      ({ symbol, side, status }) => symbol === wire && side === 'SELL' && status === 'NEW',
    );
  }

  /** Our guard is cancelled, and exactly what we had is gone. */
  #takeOurs({ wire }: Pair, held: number, price: number, act: () => void): void {
    this.#stage.look();
    this.#stage.gauge.takeGuard(wire);
    this.#stage.hand.cancelAllByHand();
    this.#stage.byPerson({}, act);
    this.#stage.gauge.trips.take(wire, held, held * price);
  }

  /** A pair halts, or is gone; another time it is back. */
  #close({ wire }: Pair): void {
    if (this.#closed.size > 0) return this.#open();
    const status = this.#chance.oneOf(['halt', 'cancel-only', 'vanished'] as const);
    this.#count(status);
    this.#closed.add(wire);
    if (status === 'vanished') this.#stage.gauge.takeGuard(wire);
    this.#stage.hand.setStatus({ symbol: wire, status });
  }

  #open(): void {
    for (const wire of this.#closed)
      this.#stage.hand.setStatus({ symbol: wire, status: 'trading' });
    this.#closed.clear();
  }

  #total(coin: string): number {
    const { free = '0', locked = '0' } = this.#stage.truth.balances[coin] ?? {};
    return Number(free) + Number(locked);
  }

  /** What the person has of their own is there. */
  #expectOwnCoins(): void {
    for (const { coin } of PAIRS) {
      const lacking = this.#stage.gauge.owned(coin) - this.#total(coin);
      expect(lacking, `${coin} of the person that is gone`).toBeLessThan(ROUNDED);
    }
  }
}

/** In base: what sums of eight decimals may differ by. */
const ROUNDED = 1e-9;

/** In USDT; of less nobody would take the trouble. */
const LEAST_WORTH = 6;

const MEDDLINGS = [
  'sells their own',
  'buys',
  'pays in',
  'takes out',
  'takes out coins of their own',
  'cancels our orders',
  'sells ours',
  'takes out ours',
] as const;

/** @throws where a figure is past its bound */
export async function tradeBesideSomebody({ seed, minutes }: BesideSetting) {
  const stage = await SoakStage.open({
    balances: { USDT: '10000', BTC: String(OWN.BTC), ETH: String(OWN.ETH) },
    own: OWN,
  });
  const figures = await new SomebodyBeside(stage, seed).run(minutes);
  stage.gauge.expectSound();
  expect(stage.faults).toEqual([]);
  expect(stage.account.session.fault).toBeNull();
  return figures;
}
