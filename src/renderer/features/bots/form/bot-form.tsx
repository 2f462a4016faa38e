/** What a new bot trades, how it decides, how much it buys, and when it sells. */

import { Button, Group, Select, Switch, TextInput } from '@mantine/core';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import type { TradingRules, TradingStatus } from '../../../../contract/trading.ts';
import { TIMEFRAMES } from '../../../../core/domain/timeframe.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { ParameterFields } from '../../../ui/form/parameter-fields.tsx';
import { SizeFields } from '../../../ui/form/size-fields.tsx';
import { unitsOf } from '../../../ui/format.ts';
import { ErrorPanel } from '../../../ui/states.tsx';
import { NEW_BOT, suggestBotName } from './bot-form-model.ts';
import { ExitFields } from './exit-fields.tsx';
import { useBotForm, type BotFormView } from './use-bot-form.ts';

interface BotFormProps {
  readonly status: TradingStatus;
  readonly rules: TradingRules;
  readonly onClose: () => void;
  readonly onAdded: (botId: string) => void;
}

export function BotForm({ status, rules, onClose, onAdded }: BotFormProps) {
  const form = useBotForm({ status, rules, onAdded });
  const element = useRef<HTMLFormElement>(null);
  const isPaper = status.mode === 'paper';
  const [wantsStart, setWantsStart] = useState(true);
  const startsAtOnce = isPaper && wantsStart;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void form.add(startsAtOnce);
    // After the errors are drawn: the first field that cannot be used is where to go on.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  return (
    <form ref={element} className="bot-form" aria-label="New bot" onSubmit={submit} noValidate>
      <MarketFields form={form} whitelist={rules.whitelist} />
      <StrategyFields form={form} />
      <div className="bot-form-halves">
        <FieldGroup title="Size">
          <SizeFields
            entries={form.values}
            quote={unitsOf(form.values.symbol ?? '').quote}
            errors={form.errors}
            onChange={form.change}
          />
        </FieldGroup>
        <ExitFields form={form} defaultStop={rules.limits.defaultStopDistance} />
      </div>
      <LiveNote status={status} symbol={form.values.symbol} />
      {form.refusal !== null && (
        <div role="alert">
          <ErrorPanel title="The bot was not added" sentence={form.refusal} />
        </div>
      )}
      <Group className="bot-form-foot" gap="sm">
        {isPaper ? (
          <Switch
            label="Start at once"
            checked={wantsStart}
            onChange={(event) => setWantsStart(event.currentTarget.checked)}
          />
        ) : (
          <span className="quiet">It trades nothing until you start it in the list.</span>
        )}
        <Button variant="default" ml="auto" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={form.isBusy}>
          {startsAtOnce ? 'Add and start on paper' : 'Add the bot'}
        </Button>
      </Group>
    </form>
  );
}

/** Live mode was confirmed for the symbols that were traded then. */
function LiveNote({ status, symbol }: { status: TradingStatus; symbol: string | null }) {
  const { trading } = useServices();
  const gate = useStore(trading, (view) => valueOf(view.gate));
  if (status.mode !== 'live' || gate?.isLive !== true || symbol === null) return null;
  const known = [gate.symbol, ...status.bots.map(({ settings }) => settings.symbol)];
  if (known.includes(symbol)) return null;
  return (
    <p className="bot-form-note" role="status">
      Nothing has traded {symbol} live yet: adding this bot switches live mode off, and you confirm
      it again under Settings.
    </p>
  );
}

interface PartProps {
  readonly form: BotFormView;
}

function MarketFields({ form, whitelist }: PartProps & { whitelist: readonly string[] }) {
  const { values, errors, strategy, change } = form;
  return (
    <div className="bot-form-market">
      <TextInput
        label="Name"
        placeholder={suggestBotName(values, strategy)}
        maxLength={120}
        value={values.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        data-autofocus
      />
      <Select
        label="Symbol"
        data={[...whitelist]}
        value={values.symbol}
        error={errors['symbol']}
        searchable
        onChange={(symbol) => change({ symbol })}
      />
      <Select
        label="Timeframe"
        data={[...TIMEFRAMES]}
        value={values.timeframe}
        onChange={(text) =>
          change({ timeframe: TIMEFRAMES.find((one) => one === text) ?? NEW_BOT.timeframe })
        }
      />
    </div>
  );
}

/** No strategy has this name. */
const BY_HAND = '';

function StrategyFields({ form }: PartProps) {
  const { strategies } = useServices().backtest;
  const loadable = useStore(strategies, (state) => state.strategies);
  const known = valueOf(loadable) ?? [];
  const { values, errors, strategy, change } = form;
  return (
    <FieldGroup title="Strategy">
      {loadable.status === 'failed' && (
        <ErrorPanel
          title="The strategies could not be listed"
          sentence={loadable.error.sentence}
          onRetry={() => void strategies.load()}
        />
      )}
      <Select
        aria-label="Strategy"
        data={[
          ...known.map(({ name, title }) => ({ value: name, label: title })),
          { value: BY_HAND, label: 'None: orders by hand only' },
        ]}
        value={values.strategy ?? BY_HAND}
        onChange={(name) => form.chooseStrategy(known.find((one) => one.name === name) ?? null)}
      />
      <p className="quiet field-note">
        {strategy?.summary ?? 'It opens nothing by itself, and guards what you buy through it.'}
      </p>
      {strategy !== null && (
        <ParameterFields
          strategy={strategy}
          entries={values.params}
          errors={errors}
          onChange={(name, entry) => change({ params: { ...values.params, [name]: entry } })}
        />
      )}
    </FieldGroup>
  );
}
