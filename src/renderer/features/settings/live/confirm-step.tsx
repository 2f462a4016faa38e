/** The last step: a token or a sentence is typed, never pasted in by the app. */

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LiveState } from '../../../../contract/live.ts';
import { useServices } from '../../../app/services.tsx';
import type { Submitted } from '../../../ui/submitted.ts';

export function ConfirmStep({ gate }: { gate: LiveState }) {
  const { client } = useServices();
  const [text, setText] = useState('');
  // What holds may change while it is typed: what was there when it was begun is what is confirmed.
  const [begunAt, setBegunAt] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { confirmBy } = gate;
  const type = (typed: string): void => {
    setText(typed);
    setBegunAt(typed === '' ? null : (begunAt ?? gate.shown));
  };
  const submit = async (event: Submitted): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await client.call('live.confirm', { text, shown: begunAt ?? gate.shown });
    setBusy(false);
    setError(answer.ok ? null : answer.error.sentence);
    if (answer.ok || answer.error.code === 'SETTINGS_CHANGED') type('');
  };
  const field = {
    size: 'xs',
    value: text,
    error,
    autoComplete: 'off',
    disabled: !gate.isReady,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      type(event.currentTarget.value),
  } as const;
  return (
    <form className="danger-frame stack" onSubmit={(event) => void submit(event)}>
      {confirmBy.kind === 'token' ? (
        <PasswordInput
          {...field}
          label="Confirmation token"
          description="What LIVE_CONFIRM_TOKEN was set to."
        />
      ) : (
        <TextInput
          {...field}
          label="Type this sentence"
          description={confirmBy.sentence}
          spellCheck={false}
        />
      )}
      <div>
        <Button
          type="submit"
          color="red.8"
          loading={isBusy}
          disabled={!gate.isReady || text.trim() === ''}
        >
          Switch live mode on
        </Button>
        {!gate.isReady && (
          <span className="quiet danger-hint">Every line above has to hold first.</span>
        )}
      </div>
    </form>
  );
}
