/** The state of the form for a new bot, and what happens when it is sent off. */

import { useState } from 'react';
import { useStore } from 'zustand';
import type { StrategyInfo } from '../../../../contract/backtest.ts';
import type { TradingRules, TradingStatus } from '../../../../contract/trading.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { defaultParams, type FormErrors } from '../../../ui/form/entries.ts';
import { useBusy } from '../../../ui/use-busy.ts';
import { NEW_BOT, readBotForm, symbolToStartWith, type BotFormValues } from './bot-form-model.ts';

interface BotFormOptions {
  readonly status: TradingStatus;
  readonly rules: TradingRules;
  readonly onAdded: (botId: string) => void;
}

export interface BotFormView {
  readonly values: BotFormValues;
  readonly strategy: StrategyInfo | null;
  /** Empty until the first attempt. */
  readonly errors: FormErrors;
  /** What the app said to the last attempt. */
  readonly refusal: string | null;
  readonly isBusy: boolean;
  change(part: Partial<BotFormValues>): void;
  chooseStrategy(strategy: StrategyInfo | null): void;
  add(starts: boolean): Promise<void>;
}

export function useBotForm({ status, rules, onAdded }: BotFormOptions): BotFormView {
  const { backtest, client } = useServices();
  const known = useStore(backtest.strategies, (state) => valueOf(state.strategies)) ?? [];
  const [values, setValues] = useState(() => firstValues(status, rules, known));
  const [isAttempted, setAttempted] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { isBusy, run } = useBusy();
  const strategy = known.find(({ name }) => name === values.strategy) ?? null;
  const { errors, settings } = readBotForm(values, strategy);
  const account = status.mode;
  const change = (part: Partial<BotFormValues>): void => {
    setValues((before) => ({ ...before, ...part }));
    setRefusal(null);
  };
  const add = (starts: boolean): Promise<void> =>
    run(async () => {
      setAttempted(true);
      if (settings === null) return;
      const answer = await client.call('bots.add', { account, ...settings, starts });
      if (!answer.ok) return setRefusal(answer.error.sentence);
      onAdded(answer.value.botId);
      notifyDone(
        starts
          ? `${settings.name} is added and started.`
          : `${settings.name} is added. Start it when you like.`,
      );
    });
  return {
    values,
    strategy,
    errors: isAttempted ? errors : {},
    refusal,
    isBusy,
    change,
    chooseStrategy: (chosen) =>
      change(
        chosen === null
          ? { strategy: null, params: {} }
          : { strategy: chosen.name, params: defaultParams(chosen) },
      ),
    add,
  };
}

function firstValues(
  { balances, venueId }: TradingStatus,
  { whitelist }: TradingRules,
  strategies: readonly StrategyInfo[],
): BotFormValues {
  const currencies = balances.map(({ currency }) => currency);
  const symbol = symbolToStartWith(whitelist, currencies);
  const [first] = strategies;
  return {
    ...NEW_BOT,
    symbol,
    // Made-up prices move quickly: something shall happen within minutes.
    timeframe: venueId === 'sample' ? '1m' : NEW_BOT.timeframe,
    strategy: first?.name ?? null,
    params: first === undefined ? {} : defaultParams(first),
  };
}
