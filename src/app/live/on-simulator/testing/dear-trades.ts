/** Days of trading with fees of every height in every coin, by an account so small that the limits are always near. */

import { expect } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import { Chance } from '../../../trading/on-simulator/testing/chance.ts';
import type { SimulatedVenue } from './profile-at-work.ts';
import { SoakStage } from './soak-stage.ts';

export interface DearSetting {
  readonly seed: number;
  readonly venue: SimulatedVenue;
  readonly trades: number;
  /** Percent, one for each day, from the beginning again; 0.1 to 1.2 by default. */
  readonly fees?: readonly number[];
}

/** USDT: of less than the lower nothing could be traded, of more than the upper no limit would be near. */
const POOR = 150;
const RICH = 400;
const START = 250;

const FEES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2] as const;

const COINS = ['received', 'quote', { asset: 'BNB' }] as const;

const PAIRS = [
  { botId: 'by hand BTC', symbol: 'BTC/USDT', wire: 'BTCUSDT', price: 60_000, tick: 0.1 },
  { botId: 'by hand ETH', symbol: 'ETH/USDT', wire: 'ETHUSDT', price: 3_000, tick: 0.1 },
] as const;

type Pair = (typeof PAIRS)[number];

/** What a stop's limit may be below its trigger, less what rounding takes: how far a price may jump through it. */
const GAP = 0.0098;

/** What a market entry may pay above the price it was decided at, less what rounding takes. */
const JUMP = 0.0048;

class DearTrades {
  readonly #stage: SoakStage;
  readonly #chance: Chance;
  readonly #setting: DearSetting;
  /** By fee in percent: the worst loss of a trade, in percent of equity. */
  readonly #worst = new Map<number, number>();
  readonly #denied = new Map<string, number>();
  #days = 0;
  #lostDays = 0;

  constructor(stage: SoakStage, setting: DearSetting) {
    this.#stage = stage;
    this.#setting = setting;
    this.#chance = new Chance(setting.seed);
  }

  async run() {
    const { gauge } = this.#stage;
    const { fees = FEES } = this.#setting;
    for (const { botId, symbol } of PAIRS) await this.#stage.addBot(botId, symbol);
    while (gauge.trips.ended.length < this.#setting.trades) {
      const fee = fees[this.#days % fees.length] ?? FEES[0];
      this.#setFee(fee);
      await this.#sleepToNextDay();
      this.#days += 1;
      const before = gauge.trips.ended.length;
      if (this.#days > this.#setting.trades)
        throw new Error('There is no more than a trade a day.');
      await this.#tradeForADay();
      const losses = gauge.trips.ended
        .slice(before)
        .map(({ pnl, equity }) => Math.round((-pnl / equity) * 1e5) / 1e3);
      this.#worst.set(fee, Math.max(this.#worst.get(fee) ?? 0, ...losses));
    }
    return {
      ...gauge.figures,
      days: this.#days,
      lostDays: this.#lostDays,
      denied: Object.fromEntries(this.#denied),
      worstTradePercentByFee: Object.fromEntries(this.#worst),
    };
  }

  #setFee(percent: number): void {
    const fee = (percent / 100).toFixed(4);
    const paidIn = this.#setting.venue === 'kraken' ? 'quote' : this.#chance.oneOf(COINS);
    this.#stage.hand.setFees({ maker: fee, taker: fee, paidIn });
  }

  async #sleepToNextDay(): Promise<void> {
    const now = this.#stage.clock.now();
    const midnight = Math.ceil((now + 1) / DAY_MS) * DAY_MS;
    for (const { symbol, wire } of PAIRS) {
      this.#stage.tellMidnight(symbol, midnight, this.#stage.priceOf(wire));
    }
    this.#stage.tellMidnight('BNB/USDT', midnight, 600);
    await this.#stage.sleep(midnight - now + this.#chance.whole(1, 60) * MINUTE_MS);
    this.#keepNearTheLimits();
    await this.#stage.goLive();
    // Nothing is bought before the prices that the day opened at are known.
    const { account } = this.#stage.account.session.engine;
    await this.#stage.until(() => account.isDayKnown);
  }

  /** So that one percent of it is less than a trade of 50 may lose, and more than one of 5 does. */
  #keepNearTheLimits(): void {
    const free = Number(this.#stage.truth.balances['USDT']?.free ?? 0);
    if (free > POOR && free < RICH) return;
    const amount = START - free;
    this.#stage.byPerson({}, ({ transfer }) => transfer('USDT', amount.toFixed(8)));
  }

  async #tradeForADay(): Promise<void> {
    const { profile, gauge } = this.#stage;
    for (let tries = 0; tries < 60; tries += 1) {
      if (gauge.trips.ended.length >= this.#setting.trades) return;
      if (!profile.live.isLive) {
        this.#lostDays += 1;
        return;
      }
      const denied = await this.#trade(this.#chance.oneOf(PAIRS));
      if (denied !== null) this.#denied.set(denied, (this.#denied.get(denied) ?? 0) + 1);
      await this.#stage.advance(1_000);
      if (denied === 'DAILY_TRADE_LIMIT') return;
    }
  }

  /** @returns why it was denied; `null` where it was not */
  async #trade(pair: Pair): Promise<string | null> {
    const stage = this.#stage;
    const chance = this.#chance;
    const { botId, wire, price: usual } = pair;
    const price = onTick(pair, usual * chance.between(0.9, 1.1));
    await stage.price(wire, price);
    const stop = onTick(pair, price * (1 - chance.between(0.003, 0.06)));
    // What it costs by the time that the order arrives.
    const jump = chance.isTrue(0.5) ? chance.between(0, JUMP) : 0;
    const entry = { botId, cost: chance.between(5, 60), limit: null, stop, target: null };
    const entering = stage.enter(entry);
    stage.hand.movePrice(wire, onTick(pair, price * (1 + jump)).toFixed(1));
    const denied = await entering;
    if (denied !== null) return denied;
    await stage.advance(3_000);
    if (!stage.gauge.trips.isHeld(wire, price)) return 'bought nothing';
    if (chance.isTrue(0.6)) await this.#runIntoStop(pair, price, stop);
    else await this.#close(pair, price);
    await stage.until(() => !stage.gauge.trips.isHeld(wire, stage.priceOf(wire)));
    await stage.advance(2_000);
    return null;
  }

  /** In steps, the last of which jumps through the stop as far as its limit reaches. */
  async #runIntoStop(pair: Pair, price: number, stop: number): Promise<void> {
    const steps = this.#chance.whole(0, 4);
    for (let step = 1; step <= steps; step += 1) {
      await this.#stage.price(
        pair.wire,
        onTick(pair, price - ((price - stop) * step) / (steps + 1)),
      );
      await this.#stage.advance(this.#chance.whole(500, 3_000));
    }
    const gap = this.#chance.isTrue(0.5) ? GAP : this.#chance.between(0, GAP);
    await this.#stage.price(pair.wire, onTick(pair, stop * (1 - gap)));
  }

  /** By hand, with a profit more often than not, so that there is something to lose tomorrow. */
  async #close(pair: Pair, price: number): Promise<void> {
    await this.#stage.price(pair.wire, onTick(pair, price * this.#chance.between(0.998, 1.08)));
    this.#stage.account.closePosition(pair.botId);
    await this.#stage.settled();
  }
}

function onTick({ tick }: Pair, price: number): number {
  return Math.round(Math.round(price / tick) * tick * 10) / 10;
}

/** @throws where a figure is past its bound */
export async function tradeDearly(setting: DearSetting) {
  const stage = await SoakStage.open({
    venue: setting.venue,
    balances: {
      USDT: String(START),
      BTC: '0',
      ETH: '0',
      ...(setting.venue === 'binanceus' && { BNB: '0.2' }),
    },
  });
  const figures = await new DearTrades(stage, setting).run();
  stage.gauge.expectSound();
  stage.gauge.expectLimits(1);
  expect(stage.faults).toEqual([]);
  return figures;
}
