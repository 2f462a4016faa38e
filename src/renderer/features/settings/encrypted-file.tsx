/** Begins or unlocks the encrypted file, for where no keychain works. */

import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { LiveState } from '../../../contract/live.ts';
import { useServices } from '../../app/services.tsx';
import type { Submitted } from '../../ui/submitted.ts';
import { notifyDone } from '../../ui/notify.ts';

interface EncryptedFileProps {
  readonly state: Exclude<LiveState['vault']['file'], 'open'>;
}

const WORDS = {
  none: {
    label: 'New passphrase',
    help: 'At least 8 characters. It cannot be recovered: without it the key has to be entered again.',
    action: 'Begin an encrypted file',
    done: 'The encrypted file is ready.',
    name: 'keys.create-file',
  },
  locked: {
    label: 'Passphrase',
    help: 'The one that the file was begun with.',
    action: 'Unlock the file',
    done: 'The encrypted file is open until CryptoPiggy ends.',
    name: 'keys.unlock-file',
  },
} as const;

export function EncryptedFile({ state }: EncryptedFileProps) {
  const { tradingActions } = useServices();
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { label, help, action, done, name } = WORDS[state];
  const submit = async (event: Submitted): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await tradingActions.ask('The file stays closed', name, { passphrase });
    setBusy(false);
    setPassphrase('');
    if (answer !== null) notifyDone(done);
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <PasswordInput
        label={label}
        description={help}
        size="xs"
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={isBusy} disabled={passphrase.length < 8}>
          {action}
        </Button>
      </div>
    </form>
  );
}
