/** Downloads an exchange's candles into the library: what is asked for, how far it is, how it ended. */

import { Button, Group, Modal, Progress, Select, TextInput } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { DownloadProgressEvent } from '../../../../contract/downloads.ts';
import { VENUE_IDS, VENUE_NAMES } from '../../../../contract/live.ts';
import { TIMEFRAMES } from '../../../../core/domain/timeframe.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { chooseWhenListed } from './choose-when-listed.ts';
import { downloadRequest, type DownloadFields } from './download-request.ts';
import { useDownload, type Download } from './use-download.ts';

const FIRST_FIELDS: DownloadFields = {
  exchange: 'binanceus',
  symbol: 'BTC/USDT',
  timeframe: '1h',
  from: '2024-01-01',
  to: '',
};

export function DownloadButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconCloudDownload size={14} />}
        onClick={() => setOpen(true)}
      >
        Download
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Download candles" size="md">
        <DownloadForm onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function DownloadForm({ onDone }: { onDone: () => void }) {
  const { backtest } = useServices();
  const [fields, setFields] = useState(FIRST_FIELDS);
  const [wrong, setWrong] = useState<string | null>(null);
  const download = useDownload((sourceId) => {
    chooseWhenListed(backtest, sourceId);
    onDone();
  });
  const change = (part: Partial<DownloadFields>): void => setFields({ ...fields, ...part });
  const start = (): void => {
    const request = downloadRequest(fields, Date.now());
    setWrong(request.ok ? null : request.error.sentence);
    if (request.ok) void download.start(request.value);
  };
  return (
    <div className="stack">
      <RequestFields fields={fields} disabled={download.isUnderWay} onChange={change} />
      <p className="quiet">
        Public prices: no key is needed. What is there already is not read again, and a download
        that was stopped goes on where it was.
      </p>
      {download.progress !== null && <ProgressLine progress={download.progress} />}
      <p role="alert" className="down">
        {wrong ?? download.failure}
      </p>
      <Buttons download={download} onStart={start} />
    </div>
  );
}

interface RequestFieldsProps {
  readonly fields: DownloadFields;
  readonly disabled: boolean;
  readonly onChange: (part: Partial<DownloadFields>) => void;
}

function RequestFields({ fields, disabled, onChange }: RequestFieldsProps) {
  return (
    <>
      <div className="field-pair">
        <Select
          label="Exchange"
          data={VENUE_IDS.map((id) => ({ value: id, label: VENUE_NAMES[id] }))}
          value={fields.exchange}
          disabled={disabled}
          onChange={(id) =>
            onChange({ exchange: VENUE_IDS.find((one) => one === id) ?? 'binanceus' })
          }
        />
        <TextInput
          label="Pair"
          value={fields.symbol}
          disabled={disabled}
          onChange={(event) => onChange({ symbol: event.currentTarget.value })}
        />
      </div>
      <Select
        label="Length of a bar"
        data={[...TIMEFRAMES]}
        value={fields.timeframe}
        disabled={disabled}
        onChange={(name) => onChange({ timeframe: TIMEFRAMES.find((one) => one === name) ?? '1h' })}
      />
      <div className="field-pair">
        <TextInput
          type="date"
          label="First day (UTC)"
          value={fields.from}
          disabled={disabled}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Last day (UTC)"
          description="Empty: until now"
          inputWrapperOrder={['label', 'input', 'description']}
          value={fields.to}
          disabled={disabled}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function ProgressLine({ progress }: { progress: DownloadProgressEvent }) {
  const { fraction, bars, remark } = progress;
  return (
    <div role="status">
      <Progress value={fraction * 100} aria-label="Downloaded" />
      <p className="quiet figure">
        {formatPercent(fraction)} · {formatCount(bars)} new bars
      </p>
      {remark !== null && <p className="quiet">{remark}</p>}
    </div>
  );
}

function Buttons({ download, onStart }: { download: Download; onStart: () => void }) {
  return (
    <Group justify="flex-end" gap="sm">
      {download.isUnderWay ? (
        <Button variant="default" onClick={download.cancel}>
          Stop; keep what was read
        </Button>
      ) : (
        <Button onClick={onStart}>Download</Button>
      )}
    </Group>
  );
}
