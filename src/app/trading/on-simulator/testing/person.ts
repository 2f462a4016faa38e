/** A person who trades by hand, changes their mind, and now and then pulls the emergency stop. */

import { NO_PROTECTION } from '../../../../core/domain/order.ts';
import { emergencyStop } from '../../emergency-stop.ts';
import type { Chance } from './chance.ts';
import { BY_HAND, HOUR_BOTS } from './hour-bots.ts';
import type { SimulatorStage } from './simulator-stage.ts';

/** Where they trade. */
type Place = Pick<SimulatorStage, 'account' | 'clock' | 'settled' | 'until'>;

export class Person {
  /** Emergency stops so far. */
  stops = 0;
  readonly #stage: Place;
  readonly #chance: Chance;

  constructor(stage: Place, chance: Chance) {
    this.#stage = stage;
    this.#chance = chance;
  }

  /** Does something, or most often nothing. */
  async act(): Promise<void> {
    const { account } = this.#stage;
    const { tradingState } = account.session.engine.account;
    if (tradingState !== 'active' && this.#chance.isTrue(0.1)) account.arm();
    if (this.#chance.isTrue(0.3)) this.#enter(this.#chance.oneOf(BY_HAND));
    if (this.#chance.isTrue(0.12)) account.closePosition(this.#anyBot());
    if (this.#chance.isTrue(0.03)) account.setBot(this.#anyBot(), 'bot-paused');
    if (this.#chance.isTrue(0.1)) account.setBot(this.#anyBot(), 'bot-started');
    if (this.#chance.isTrue(0.003)) await this.#stop();
    await this.#stage.settled();
  }

  /** Asks for everything at once and does not wait. */
  hurry(): void {
    for (const botId of BY_HAND) this.#enter(botId);
    this.#stage.account.closePosition(this.#anyBot());
  }

  async arm(): Promise<void> {
    this.#stage.account.arm();
    await this.#stage.settled();
  }

  async #stop(): Promise<void> {
    this.stops += 1;
    let isOver = false;
    const { account, clock } = this.#stage;
    const request = { flatten: this.#chance.isTrue(0.5), patienceMs: 10_000 };
    const stopped = emergencyStop(account.session, clock.run(), request).then(() => {
      isOver = true;
    });
    await this.#stage.until(() => isOver);
    await stopped;
  }

  /** At the market, or at a limit that the price may come down to; guarded by one order or by two. */
  #enter(botId: string): void {
    const { account, clock } = this.#stage;
    const price = account.priceOf(botId);
    if (price === null) return;
    const limit = this.#chance.isTrue(0.5)
      ? round(price * this.#chance.between(0.9993, 1.0003))
      : null;
    const stop = round(price * this.#chance.between(0.997, 0.999));
    const target = this.#chance.isTrue(0.5)
      ? round(price * this.#chance.between(1.0005, 1.003))
      : null;
    account.session.dispatch({
      kind: 'entry-by-hand',
      time: clock.now(),
      botId,
      cost: this.#chance.between(6, 60),
      limit,
      protection: { ...NO_PROTECTION, stop: { kind: 'price', price: stop }, target },
    });
  }

  #anyBot(): string {
    return this.#chance.oneOf(HOUR_BOTS).config.id;
  }
}

/** To a cent, the tick of both pairs. */
function round(price: number): number {
  return Math.round(price * 100) / 100;
}
