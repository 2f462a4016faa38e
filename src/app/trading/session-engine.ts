/** Makes a session's engine from its rules: the same for trading and for replaying a journal. */

import type { Audit } from '../../core/audit.ts';
import { Engine, type EngineState } from '../../core/engine.ts';
import { LiveBots } from '../../core/live-bots.ts';
import { CAUTIOUS_ALLOWANCE } from '../../core/orders/order-budget.ts';
import type { KeptBot, SessionRules } from '../storage/trading-store.ts';

/** Ended orders of which late news may still come after a restart. */
const REMEMBERED_ORDERS = 32;

export interface SessionEngine {
  readonly engine: Engine;
  readonly liveBots: LiveBots;
}

/** @throws Error when the state does not fit the bots, or a bot's strategy does not exist any more */
export function sessionEngine(
  rules: SessionRules,
  bots: readonly KeptBot[],
  state: EngineState | null,
  audit: Audit,
): SessionEngine {
  const { whitelist, limits, protections, costs, pricesFrom, restingExits, orderPrefix } = rules;
  const orderAllowance = rules.orderAllowance ?? CAUTIOUS_ALLOWANCE;
  const { highestFees = null } = rules;
  const liveBots = new LiveBots();
  const engine = new Engine({
    account: { reporting: 'USD', maxDailyLoss: limits.maxDailyLoss },
    policy: { kind: 'hard-limits', whitelist: new Set(whitelist), limits, protections },
    costs,
    highestFees,
    restingExits,
    pricesFrom,
    orderAllowance,
    orderId: (count) => `${orderPrefix}-${count.toString(36)}`,
    rememberedOrders: REMEMBERED_ORDERS,
    audit,
    liveBots,
  });
  for (const { config, instrument } of bots) engine.addBot(liveBots.create(config, instrument));
  if (state !== null) engine.restore(state);
  return { engine, liveBots };
}
