/** Asks before something is gone. Enter confirms, Escape leaves. */

import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** The button's words: what happens, not "OK". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, confirm, onConfirm, onClose, children } = props;
  // It fades away once it is closed: the second half of a double click shall not do it twice.
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="sm">
      <p>{children}</p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          Keep
        </Button>
        <Button color="red.8" onClick={() => opened && onConfirm()} data-autofocus>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
