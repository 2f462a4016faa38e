/** Takes a key once and hands it to the app; nothing of it stays in the window. */

import { Button, Group, PasswordInput, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { LiveState } from '../../../contract/live.ts';
import { useServices } from '../../app/services.tsx';
import type { Submitted } from '../../ui/submitted.ts';
import { notifyDone } from '../../ui/notify.ts';
import { EncryptedFile } from './encrypted-file.tsx';

type Place = 'keychain' | 'file';

/** Their secrets are several lines long. */
const LONG_SECRETS: ReadonlySet<LiveState['venue']['id']> = new Set(['coinbase']);

export function KeyForm({ gate }: { gate: LiveState }) {
  const { vault, venue } = gate;
  const [place, setPlace] = useState<Place>(vault.keychain.works ? 'keychain' : 'file');
  return (
    <div className="stack">
      <h4>{gate.key === null ? 'Add a key' : 'Replace the key'}</h4>
      <p className="quiet">
        Make a key on {venue.name} that may read and trade on the spot market, and nothing else. A
        key that can withdraw is refused.
      </p>
      <Radio.Group
        label="Where it is kept"
        value={place}
        onChange={(value) => setPlace(value === 'file' ? 'file' : 'keychain')}
      >
        <div className="stack-tight">
          <Radio
            value="keychain"
            label="Keychain of this computer"
            description={vault.keychain.sentence}
            disabled={!vault.keychain.works}
          />
          <Radio
            value="file"
            label="Encrypted file"
            description="Kept in the data folder under a passphrase that you type at each start."
          />
        </div>
      </Radio.Group>
      {place === 'file' && vault.file !== 'open' ? (
        <EncryptedFile state={vault.file} />
      ) : (
        <SecretFields gate={gate} place={place} />
      )}
    </div>
  );
}

function SecretFields({ gate, place }: { gate: LiveState; place: Place }) {
  const { tradingActions } = useServices();
  const [apiKey, setApiKey] = useState('');
  const [secret, setSecret] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { id: venue } = gate.venue;
  const save = async (event: Submitted): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const input = { venue, apiKey, secret, place };
    const saved = await tradingActions.ask('The key was not saved', 'keys.save', input);
    setBusy(false);
    if (saved === null) return;
    setApiKey('');
    setSecret('');
    notifyDone(`Saved as ${saved.masked}. Press Validate & Sync to try it.`);
  };
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <PasswordInput
        label="API key"
        size="xs"
        autoComplete="off"
        value={apiKey}
        onChange={(event) => setApiKey(event.currentTarget.value)}
      />
      {LONG_SECRETS.has(venue) ? (
        <Textarea
          label="API secret"
          size="xs"
          autosize
          minRows={3}
          maxRows={6}
          autoComplete="off"
          spellCheck={false}
          placeholder="-----BEGIN EC PRIVATE KEY-----"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      ) : (
        <PasswordInput
          label="API secret"
          size="xs"
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
      <Group>
        <Button type="submit" loading={isBusy} disabled={apiKey === '' || secret === ''}>
          Save the key
        </Button>
      </Group>
    </form>
  );
}
