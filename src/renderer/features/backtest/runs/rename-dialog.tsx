/** Gives a kept run another name. */

import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';

export function RenameDialog({ run, onClose }: { run: RunInfo; onClose: () => void }) {
  const { actions } = useServices();
  const [name, setName] = useState(run.name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const sentence = await actions.rename(run.id, name.trim());
    if (sentence === null) onClose();
    else setRefusal(sentence);
  };
  return (
    <Modal opened onClose={onClose} title="Rename the run" size="sm">
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          value={name}
          maxLength={120}
          error={refusal}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            Keep the old name
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
