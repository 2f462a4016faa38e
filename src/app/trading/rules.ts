/** A person's own rules for an account: stricter limits, protections, symbols and costs; kept, and checked each time. */

import {
  revision,
  tradingRules,
  type KeptRules,
  type TradingRules,
} from '../../contract/trading.ts';
import { instrumentFromSymbol } from '../../core/domain/instrument.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { DEFAULT_WHITELIST } from '../../core/domain/whitelist.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { checkLimits } from '../../core/risk/limits.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import type { SettingsStore } from '../storage/storage.ts';

const KEY = 'trading-rules';

/** Rules were kept without a revision once. */
const keptBefore = tradingRules.extend({ revision: revision.default(0) });

/** The rules of an account until a person sets stricter ones. */
const DEFAULT_RULES: TradingRules = {
  whitelist: [...DEFAULT_WHITELIST],
  limits: { ...HARD_LIMITS },
  protections: { ...NO_PROTECTIONS },
  // The spread is the feed's own; slippage stands for what moves between a quote and its use.
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 1, halfSpreadBps: 0 },
};

/** @throws Error with a sentence for rules that were kept and are not acceptable: nothing trades on those */
export function loadKeptRules(settings: SettingsStore): KeptRules {
  const kept = settings.get(KEY);
  if (kept === null) return { ...DEFAULT_RULES, revision: 0 };
  const parsed = keptBefore.safeParse(kept);
  if (!parsed.success) throw new Error('the kept trading rules cannot be read');
  const checked = checkRules(parsed.data);
  if (!checked.ok) throw new Error(checked.error.sentence);
  return parsed.data;
}

/** As `loadKeptRules`, for whoever trades by them. */
export function loadRules(settings: SettingsStore): TradingRules {
  const { revision: _, ...rules } = loadKeptRules(settings);
  return rules;
}

/**
 * Keeps rules that are at least as strict as the hard limits and were made from those that hold. Asked and kept in one
 * go: of two that change the same ones, one is told that it came too late.
 */
export function saveRules(
  settings: SettingsStore,
  wanted: KeptRules,
): Result<KeptRules, Failure<'LIMIT_INVALID' | 'SETTINGS_CHANGED'>> {
  const checked = checkRules(wanted);
  if (!checked.ok) return checked;
  if (wanted.revision !== loadKeptRules(settings).revision) {
    return fail('SETTINGS_CHANGED', CHANGED_MEANWHILE);
  }
  const kept: KeptRules = { ...wanted, revision: wanted.revision + 1 };
  settings.set(KEY, kept);
  return ok(kept);
}

const CHANGED_MEANWHILE =
  'They were changed in another window meanwhile. What holds is shown now: change it again.';

function checkRules(rules: TradingRules): Result<unknown, Failure<'LIMIT_INVALID'>> {
  const limits = checkLimits(rules.limits);
  if (!limits.ok) return limits;
  for (const symbol of rules.whitelist) {
    const parsed = instrumentFromSymbol(symbol);
    if (!parsed.ok) return fail('LIMIT_INVALID', `On the whitelist: ${parsed.error.sentence}`);
  }
  return ok(rules);
}
