/** Asks before trading may begin again, and says what begins. */

import { Button, Group } from '@mantine/core';
import { TopDialog, ABOVE_OTHERS } from './top-dialog.tsx';
import type { ArmedAccount } from './arming.ts';
import { AccountWord } from './sale-list.tsx';

interface ArmDialogProps {
  readonly opened: boolean;
  readonly accounts: readonly ArmedAccount[];
  readonly isBusy: boolean;
  readonly onArm: () => void;
  readonly onClose: () => void;
}

export function ArmDialog({ opened, accounts, isBusy, onArm, onClose }: ArmDialogProps) {
  return (
    <TopDialog opened={opened} onClose={onClose} title="Arm trading again">
      <p>The emergency stop ends. Then:</p>
      <ul className="arming" aria-label="What arming permits">
        {accounts.map(({ account, permits }) => (
          <li key={account}>
            <AccountWord account={account} />
            <div>
              {permits.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <Group className="dialog-foot" justify="flex-end" gap="sm">
        <Button variant="default" {...ABOVE_OTHERS} onClick={onClose} disabled={isBusy}>
          Stay stopped
        </Button>
        {/* It fades away once it is closed: the second half of a double click shall not do it twice. */}
        <Button {...ABOVE_OTHERS} loading={isBusy} onClick={() => opened && onArm()} data-autofocus>
          Arm
        </Button>
      </Group>
    </TopDialog>
  );
}
