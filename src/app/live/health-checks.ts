/** Asks an exchange again and again whether it is well and the key still counts. */

import type { LiveState } from '../../contract/live.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { Clock } from '../trading/clock.ts';
import type { LiveAccount } from './live-account.ts';
import type { LiveGateway } from './live-gateway.ts';

export type HealthReport = NonNullable<LiveState['health']>;

/** ms from one check to the next. */
const EVERY_MS = 30_000;

/** A fill or a transfer is several messages: all of them are over by then, ms. */
const SOON_MS = 1_000;

/** A computer's clock that is further off than this cuts days and orders in the wrong place, ms. */
const MOST_SKEW_MS = 2_000;

/** Asks once. An exchange whose clock differs from this computer's is not well either. */
export async function askHealth(gateway: LiveGateway, clock: Clock): Promise<HealthReport> {
  const health = await gateway.health();
  const time = clock.now();
  if (!health.ok) {
    const { sentence } = health.error;
    return { time, isHealthy: false, sentence, latencyMs: null, clockSkewMs: null };
  }
  const { latencyMs, clockSkewMs } = health.value;
  const isHealthy = Math.abs(clockSkewMs) <= MOST_SKEW_MS;
  const off = `${(Math.abs(clockSkewMs) / 1_000).toFixed(1)} s`;
  const sentence = isHealthy
    ? `${gateway.name} answers in ${Math.round(latencyMs)} ms.`
    : `This computer's clock is ${off} ${clockSkewMs > 0 ? 'behind' : 'ahead of'} ${gateway.name}'s. Set it to network time.`;
  return { time, isHealthy, sentence, latencyMs, clockSkewMs };
}

export function healthEvent({ isHealthy, sentence }: HealthReport): LiveGateEvent {
  return { kind: 'health', isHealthy, reason: sentence };
}

export interface HealthChecksOptions {
  readonly gateway: LiveGateway;
  readonly account: LiveAccount;
  readonly clock: Clock;
  /** Symbols whose orders are looked at, besides those that bots trade. */
  readonly symbols: () => readonly string[];
  readonly report: (health: HealthReport) => void;
  readonly tell: (event: LiveGateEvent) => void;
  readonly reportFault: (error: unknown) => void;
}

export class HealthChecks {
  readonly #options: HealthChecksOptions;
  #callOff: () => void = () => {};
  #underWay: Promise<void> = Promise.resolve();
  #isStopped = false;
  #isSoon = false;
  #isBusy = false;

  /** The first check comes after one interval: whoever opens a gateway has just checked it. */
  constructor(options: HealthChecksOptions) {
    this.#options = options;
    this.#later();
  }

  /** Ends; resolves when no check is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#callOff();
    await this.#underWay;
  }

  /** Something has happened in the account: it is checked in a moment, once however often it is said until then. */
  soon(): void {
    if (this.#isStopped || this.#isSoon) return;
    this.#isSoon = true;
    if (!this.#isBusy) this.#later();
  }

  #later(): void {
    if (this.#isStopped) return;
    this.#callOff();
    this.#callOff = this.#options.clock.setTimer(this.#isSoon ? SOON_MS : EVERY_MS, () => {
      this.#isSoon = false;
      this.#isBusy = true;
      this.#underWay = this.#check().catch(this.#options.reportFault);
    });
  }

  async #check(): Promise<void> {
    const { gateway, clock, report, tell } = this.#options;
    const health = await askHealth(gateway, clock);
    if (this.#isStopped) return;
    report(health);
    tell(healthEvent(health));
    const { clockSkewMs } = health;
    // Also where its clock is off: what is held there is compared as long as it answers.
    if (clockSkewMs !== null) {
      this.#options.account.session.noteClock(clockSkewMs);
      await this.#checkAccount();
    }
    this.#isBusy = false;
    this.#later();
  }

  /** A key that was good an hour ago may have been deleted since, or lost its rights, or been given one too many. */
  async #checkAccount(): Promise<void> {
    const { gateway, account, tell, symbols } = this.#options;
    const valid = await gateway.validateKey();
    if (this.#isStopped) return;
    if (!valid.ok && valid.error.code === 'EXCHANGE_REFUSED') {
      tell({ kind: 'credentials', areValid: false, reason: valid.error.sentence });
      return;
    }
    await account.refresh(symbols());
  }
}
