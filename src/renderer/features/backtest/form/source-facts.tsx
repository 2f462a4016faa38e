/** What is known of the chosen candles: how many, from when to when, and what was found wrong with them. */

import { ActionIcon, Collapse, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { CandleSource, CandleWarning } from '../../../../contract/candles.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { formatCounted, formatDateRange, formatDateTime } from '../../../ui/format.ts';
import { notifyDone, notifyFailed } from '../../../ui/notify.ts';
import { SyntheticBadge } from '../../../ui/synthetic-badge.tsx';
import { useServices } from '../../../app/services.tsx';

export function SourceFacts({ source }: { source: CandleSource }) {
  const { synthetic, bars, firstTime, lastTime, warnings, kind } = source;
  return (
    <div className="source-facts">
      <div className="source-facts-line">
        <span>{formatCounted(bars, 'bar', 'bars')}</span>
        {synthetic && <SyntheticBadge />}
        {kind === 'file' && <RemoveSource source={source} />}
      </div>
      <span
        className="quiet"
        title={`${formatDateTime(firstTime)} to ${formatDateTime(lastTime)} UTC`}
      >
        {formatDateRange(firstTime, lastTime)}
      </span>
      {warnings.length > 0 && <Warnings warnings={warnings} />}
    </div>
  );
}

function Warnings({ warnings }: { warnings: readonly CandleWarning[] }) {
  const [open, setOpen] = useState(false);
  const listId = useId();
  return (
    <div className="source-warnings">
      <UnstyledButton
        className="source-warnings-toggle"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <IconAlertTriangle size={14} aria-hidden="true" />
        {formatCounted(warnings.length, 'warning', 'warnings')}
        <IconChevronDown size={14} aria-hidden="true" data-open={open} />
      </UnstyledButton>
      <Collapse expanded={open} id={listId}>
        <ul>
          {warnings.map(({ code, sentence }) => (
            <li key={code}>{sentence}</li>
          ))}
        </ul>
      </Collapse>
    </div>
  );
}

function RemoveSource({ source }: { source: CandleSource }) {
  const { actions } = useServices();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    const refusal = await actions.removeSource(source.id);
    if (refusal === null) notifyDone(`Removed ${source.name}.`);
    else notifyFailed('The candles were not removed', refusal);
  };
  return (
    <>
      <ActionIcon
        size="sm"
        aria-label={`Remove ${source.name}`}
        title="Remove these candles"
        onClick={() => setAsking(true)}
      >
        <IconTrash size={14} />
      </ActionIcon>
      <ConfirmDialog
        opened={asking}
        title="Remove these candles?"
        confirm="Remove candles"
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        {source.name} is removed from the app. Runs made with it keep their figures, but no longer
        show a candle chart. The file on your disk stays.
      </ConfirmDialog>
    </>
  );
}
