/** What can be done with a kept run: use its settings, export, rename, delete. */

import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportFormat, RunInfo } from '../../../../contract/backtest.ts';
import { useServices } from '../../../app/services.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { download } from '../../../ui/download.ts';
import { notifyDone, notifyFailed } from '../../../ui/notify.ts';
import { RenameDialog } from './rename-dialog.tsx';

const EXPORTS: ReadonlyArray<{ readonly format: ExportFormat; readonly label: string }> = [
  { format: 'json', label: 'Export report (JSON)' },
  { format: 'trades-csv', label: 'Export trades (CSV)' },
  { format: 'equity-csv', label: 'Export equity (CSV)' },
];

export function RunMenu({ run }: { run: RunInfo }) {
  const { actions } = useServices();
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${run.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRestore size={14} />} onClick={() => actions.reuse(run)}>
            Use these settings
          </Menu.Item>
          {run.state === 'done' && <ExportItems run={run} />}
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setDialog('rename')}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setDialog('delete')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && <RenameDialog run={run} onClose={() => setDialog(null)} />}
      <DeleteDialog run={run} opened={dialog === 'delete'} onClose={() => setDialog(null)} />
    </>
  );
}

function ExportItems({ run }: { run: RunInfo }) {
  const { actions } = useServices();
  const save = async (format: ExportFormat) => {
    const exported = await actions.exportRun(run.id, format);
    if (exported.ok) download(exported.value);
    else notifyFailed('The run was not exported', exported.error.sentence);
  };
  return EXPORTS.map(({ format, label }) => (
    <Menu.Item
      key={format}
      leftSection={<IconDownload size={14} />}
      onClick={() => void save(format)}
    >
      {label}
    </Menu.Item>
  ));
}

interface DeleteDialogProps {
  readonly run: RunInfo;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function DeleteDialog({ run, opened, onClose }: DeleteDialogProps) {
  const { actions } = useServices();
  const remove = async () => {
    onClose();
    const refusal = await actions.remove(run.id);
    if (refusal === null) notifyDone(`Deleted ${run.name}.`);
    else notifyFailed('The run was not deleted', refusal);
  };
  return (
    <ConfirmDialog
      opened={opened}
      title="Delete this run?"
      confirm="Delete run"
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      {run.name} and its result are deleted for good. The same settings on the same candles give the
      same result again.
    </ConfirmDialog>
  );
}
