/** Two engines that are told the same: one runs on, the other dies at every restart and is born again from its state. */

import type { AuditRecord } from '../audit.ts';
import type { BotConfig } from '../bot/bot-config.ts';
import type { RestingExits } from '../bot/desk.ts';
import type { CandleRow } from '../domain/candles.ts';
import type { Instrument } from '../domain/instrument.ts';
import { Engine } from '../engine.ts';
import type { Decision, EngineEvent } from '../events.ts';
import { LiveBots } from '../live-bots.ts';
import { HARD_LIMITS } from '../risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../risk/protections.ts';
import { expectThat } from './expect-that.ts';
import { keptState } from './kept-state.ts';
import { WHITELIST } from './limits-reference.ts';

export interface TwinBot {
  readonly config: BotConfig;
  readonly instrument: Instrument;
}

export class Twins {
  readonly steady: Engine;
  readonly #audited: AuditRecord[] = [];
  readonly #restingExits: RestingExits;
  readonly #bots: readonly TwinBot[];
  #reborn: Engine;

  constructor(restingExits: RestingExits, bots: readonly TwinBot[]) {
    this.#restingExits = restingExits;
    this.#bots = bots;
    this.steady = this.#makeEngine(new LiveBots());
    this.#reborn = this.#makeEngine(new LiveBots());
  }

  addBots(time: number): void {
    for (const { config, instrument } of this.#bots) {
      this.process({ kind: 'bot-added', time, config, instrument });
    }
  }

  /** @throws Error when the two do not decide the same, to the byte */
  process(event: EngineEvent): readonly Decision[] {
    const decisions = this.steady.process(event);
    const others = this.#reborn.process(event);
    const [expected, actual] = [JSON.stringify(decisions), JSON.stringify(others)];
    expectThat(expected === actual, `decided ${expected}, and after a restart ${actual}`);
    for (const record of this.#audited.splice(0)) if (record.kind === 'trade') checkTrade(record);
    return decisions;
  }

  /** @param barsOf all that have closed so far, by symbol */
  restart(barsOf: (symbol: string) => readonly CandleRow[]): void {
    const state = keptState(this.#reborn);
    const liveBots = new LiveBots();
    this.#reborn = this.#makeEngine(liveBots);
    for (const { config, instrument } of this.#bots) {
      this.#reborn.addBot(liveBots.create(config, instrument));
    }
    this.#reborn.restore(state);
    for (const { config } of this.#bots) {
      this.process({ kind: 'bars-caught-up', botId: config.id, bars: barsOf(config.symbol) });
    }
  }

  #makeEngine(liveBots: LiveBots): Engine {
    return new Engine({
      account: { reporting: 'USD', maxDailyLoss: HARD_LIMITS.maxDailyLoss },
      policy: {
        kind: 'hard-limits',
        whitelist: new Set(WHITELIST),
        limits: HARD_LIMITS,
        protections: NO_PROTECTIONS,
      },
      costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 },
      highestFees: null,
      restingExits: this.#restingExits,
      pricesFrom: 'quotes',
      orderId: (count) => `o${count}`,
      rememberedOrders: 64,
      audit: (record) => this.#audited.push(record),
      liveBots,
    });
  }
}

/** What the books are told of a round trip has to be figures. */
function checkTrade({ botId, trade }: Extract<AuditRecord, { kind: 'trade' }>): void {
  const { amount, pnl, returnPct, fees, entryPrice, exitPrice } = trade;
  const areFigures = [pnl, returnPct, fees, entryPrice, exitPrice ?? NaN].every((figure) =>
    Number.isFinite(figure),
  );
  expectThat(areFigures && amount > 0, `${botId} made no proper trade: ${JSON.stringify(trade)}`);
}
