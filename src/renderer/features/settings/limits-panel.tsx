/** A person's own limits: as strict as they like, never looser than the hard ones. */

import { Button, Group, TagsInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeptRules } from '../../../contract/trading.ts';
import { useServices } from '../../app/services.tsx';
import { NumberField } from '../../ui/form/number-field.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { LIMIT_FIELDS, limitEntries, readLimits } from './limit-fields.ts';
import { protectionViews } from './protections.ts';
import { ProtectionSwitch } from './protection-switch.tsx';
import { useRules } from './use-rules.ts';

export function LimitsPanel() {
  const { rules, reload } = useRules();
  return (
    <Panel title="Limits and symbols" note="Stricter only: the hard limits stay.">
      {rules.status === 'loading' && <LoadingPanel label="Loading the limits" height={200} />}
      {rules.status === 'failed' && (
        <ErrorPanel
          title="The limits cannot be shown"
          sentence={rules.error.sentence}
          onRetry={reload}
        />
      )}
      {rules.status === 'ready' && (
        <LimitsForm key={JSON.stringify(rules.value)} kept={rules.value} onSaved={reload} />
      )}
    </Panel>
  );
}

function LimitsForm({ kept, onSaved }: { kept: KeptRules; onSaved: () => void }) {
  const { tradingActions } = useServices();
  const [others, setRules] = useState(kept);
  const [entries, setEntries] = useState(() => limitEntries(kept.limits));
  /** Figures of protections that cannot be used. */
  const [unusable, setUnusable] = useState<ReadonlySet<string>>(new Set());
  const [undone, setUndone] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const { problems, limits } = readLimits(entries, kept.limits);
  const rules = { ...others, limits: limits ?? kept.limits };
  const isUsable = limits !== null && unusable.size === 0;
  const isChanged = !isUsable || JSON.stringify(rules) !== JSON.stringify(kept);
  const element = useRef<HTMLDivElement>(null);
  const save = async (): Promise<void> => {
    // What is shown and what would be kept are not the same while a figure cannot be used.
    if (!isUsable) {
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    setBusy(true);
    const done = await tradingActions.ask(
      'The limits were not changed',
      'trading.configure',
      rules,
    );
    setBusy(false);
    if (done !== null) notifyDone('The limits hold from now on.');
    // Those that were changed elsewhere are shown anew; else what was typed stays.
    onSaved();
  };
  return (
    <div className="stack" ref={element}>
      <div className="limit-grid">
        {LIMIT_FIELDS.map((field) => (
          <NumberField
            key={`${field.name} ${undone}`}
            label={field.label}
            note={field.bound}
            unit={field.unit}
            value={entries[field.name]}
            step={field.step}
            min={field.min}
            max={field.max}
            whole={field.whole ?? false}
            error={problems[field.name]}
            onChange={(entry) => setEntries({ ...entries, [field.name]: entry })}
          />
        ))}
      </div>
      <TagsInput
        label="Symbols that may be traded"
        description="Written as in BTC/USDT. Press Enter after each."
        size="xs"
        value={[...rules.whitelist]}
        onChange={(whitelist) => setRules({ ...rules, whitelist })}
      />
      <fieldset className="field-group protections">
        <legend>Protections</legend>
        {protectionViews(rules.protections).map((view) => (
          <ProtectionSwitch
            // What was typed and could not be used goes with the figures that it stood for.
            key={`${view.name} ${undone}`}
            view={view}
            onChange={(protections) => setRules({ ...rules, protections })}
            onToggle={() => setUnusable(withoutFiguresOf(unusable, view.name))}
            onUsable={(figure, isIt) =>
              setUnusable(withName(unusable, `${view.name} ${figure}`, !isIt))
            }
          />
        ))}
      </fieldset>
      <Group gap="sm">
        <Button disabled={!isChanged} loading={isBusy} onClick={() => void save()}>
          Save the limits
        </Button>
        {isChanged && (
          <Button
            variant="default"
            onClick={() => {
              setRules(kept);
              setEntries(limitEntries(kept.limits));
              setUnusable(new Set());
              setUndone(undone + 1);
            }}
          >
            Undo
          </Button>
        )}
      </Group>
    </div>
  );
}

function withName(names: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const others = [...names].filter((one) => one !== name);
  return new Set(isIn ? [...others, name] : others);
}

/** A protection that is switched off has no figures. */
function withoutFiguresOf(names: ReadonlySet<string>, protection: string): ReadonlySet<string> {
  return new Set([...names].filter((name) => !name.startsWith(`${protection} `)));
}
