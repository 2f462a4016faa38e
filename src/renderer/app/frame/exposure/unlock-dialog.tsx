/** Asks for the passphrase of the encrypted file of keys, wherever one is: what is open waits for it. */

import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../../ui/notify.ts';
import type { Submitted } from '../../../ui/submitted.ts';
import { useBusy } from '../../../ui/use-busy.ts';
import { useServices } from '../../services.tsx';

export function UnlockDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { tradingActions } = useServices();
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, run } = useBusy();
  const unlock = async (): Promise<void> => {
    const name = 'keys.unlock-file';
    const answer = await tradingActions.ask('The keys stay locked', name, { passphrase });
    setPassphrase('');
    if (answer === null) return;
    notifyDone('The keys are unlocked. The exchange is being connected.');
    onClose();
  };
  const submit = (event: Submitted): void => {
    event.preventDefault();
    void run(unlock);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Unlock the keys"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="stack" onSubmit={submit}>
        <PasswordInput
          label="Passphrase"
          description="The one that the encrypted file was begun with. The exchange is then connected by itself, and what is open is watched; live mode stays off."
          autoComplete="off"
          data-autofocus
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            Not now
          </Button>
          <Button type="submit" loading={isBusy} disabled={passphrase.length < 8}>
            Unlock
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
