/** Which key is kept and where, as far as the window may know; and the way to forget it. */

import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { LiveState } from '../../../contract/live.ts';
import { useServices } from '../../app/services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { KEY_PLACES } from './key-places.ts';
import { Tag } from '../../ui/tag.tsx';

export function KeptKeyLine({ gate }: { gate: LiveState }) {
  const { key, venue, conditions } = gate;
  if (key === null) {
    return <p className="quiet">No key is kept for {venue.name}.</p>;
  }
  const isValid = conditions.some(({ name, holds }) => name === 'credentials' && holds);
  return (
    <div className="kept-key">
      <IconKey size={16} aria-hidden="true" />
      <code>{key.masked}</code>
      <Tag tone={isValid ? 'good' : 'quiet'}>{isValid ? 'Validated' : 'Not validated yet'}</Tag>
      <span className="quiet">{KEY_PLACES[key.place]}</span>
      {key.place !== 'environment' && <ForgetButton gate={gate} />}
    </div>
  );
}

function ForgetButton({ gate }: { gate: LiveState }) {
  const { tradingActions } = useServices();
  const [isAsking, setAsking] = useState(false);
  const forget = async (): Promise<void> => {
    setAsking(false);
    const { id: venue } = gate.venue;
    const done = await tradingActions.ask('The key was not forgotten', 'keys.forget', { venue });
    if (done === null) return;
    notifyDone(
      done.leftInEnvironment
        ? 'Forgotten here. A key is still set in the environment, and would be used.'
        : 'The key is forgotten. Delete it on the exchange as well if you do not need it.',
    );
  };
  return (
    <>
      <Button variant="subtle" color="gray" ml="auto" onClick={() => setAsking(true)}>
        Forget
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title="Forget the key"
        confirm="Forget it"
        onConfirm={() => void forget()}
        onClose={() => setAsking(false)}
      >
        Live mode goes off and {gate.venue.name} is disconnected. Orders stay where they are.
      </ConfirmDialog>
    </>
  );
}
