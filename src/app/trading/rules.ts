/** A person's own rules for an account: stricter limits, protections, symbols and costs; kept, and checked each time. */

import { tradingRules, type TradingRules } from '../../contract/trading.ts';
import { instrumentFromSymbol } from '../../core/domain/instrument.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { DEFAULT_WHITELIST } from '../../core/domain/whitelist.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { checkLimits } from '../../core/risk/limits.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import type { SettingsStore } from '../storage/storage.ts';

const KEY = 'trading-rules';

/** The rules of an account until a person sets stricter ones. */
const DEFAULT_RULES: TradingRules = {
  whitelist: [...DEFAULT_WHITELIST],
  limits: { ...HARD_LIMITS },
  protections: { ...NO_PROTECTIONS },
  // The spread is the feed's own; slippage stands for what moves between a quote and its use.
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 1, halfSpreadBps: 0 },
};

/** @throws Error with a sentence for rules that were kept and are not acceptable: nothing trades on those */
export function loadRules(settings: SettingsStore): TradingRules {
  const kept = settings.get(KEY);
  if (kept === null) return DEFAULT_RULES;
  const parsed = tradingRules.safeParse(kept);
  if (!parsed.success) throw new Error('the kept trading rules cannot be read');
  const checked = checkRules(parsed.data);
  if (!checked.ok) throw new Error(checked.error.sentence);
  return checked.value;
}

/** Keeps rules that are at least as strict as the hard limits. */
export function saveRules(
  settings: SettingsStore,
  rules: TradingRules,
): Result<TradingRules, Failure<'LIMIT_INVALID'>> {
  const checked = checkRules(rules);
  if (checked.ok) settings.set(KEY, checked.value);
  return checked;
}

function checkRules(rules: TradingRules): Result<TradingRules, Failure<'LIMIT_INVALID'>> {
  const limits = checkLimits(rules.limits);
  if (!limits.ok) return limits;
  for (const symbol of rules.whitelist) {
    const parsed = instrumentFromSymbol(symbol);
    if (!parsed.ok) return fail('LIMIT_INVALID', `On the whitelist: ${parsed.error.sentence}`);
  }
  return ok(rules);
}
