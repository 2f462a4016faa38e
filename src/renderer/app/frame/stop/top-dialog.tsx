/** A dialog over every other: what the emergency stop asks is answered first, and leaves the others as they are. */

import { Modal } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface TopDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Below the bar with the stop itself, and above whatever else there is. */
const Z_INDEX = 9_000;

/** For all in it that can have the focus: Escape there does not close the dialogs below. */
export const ABOVE_OTHERS = { 'data-mantine-stop-propagation': 'true' } as const;

export function TopDialog({ opened, title, onClose, children }: TopDialogProps) {
  useEffect(() => {
    if (!opened) return;
    const leave = ({ key, isComposing }: KeyboardEvent): void => {
      if (key === 'Escape' && !isComposing) onClose();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [opened, onClose]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={600}
      zIndex={Z_INDEX}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': 'Close', ...ABOVE_OTHERS }}
      attributes={{ content: ABOVE_OTHERS }}
    >
      {children}
    </Modal>
  );
}
