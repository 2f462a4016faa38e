/** An import under way, with Cancel; or what was wrong with the file, until it is dismissed. */

import { Button, Progress } from '@mantine/core';
import { useStore } from 'zustand';
import { useServices } from '../../../app/services.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { ErrorPanel } from '../../../ui/states.tsx';
import type { ActiveUpload } from './upload-store.ts';

export function ImportStatus() {
  const { upload } = useServices().backtest;
  const active = useStore(upload, (state) => state.active);
  const failure = useStore(upload, (state) => state.failure);
  if (active !== null) return <UploadProgress active={active} onCancel={upload.cancel} />;
  if (failure === null) return null;
  return (
    <div role="alert" className="import-failure">
      <ErrorPanel
        title={`${failure.fileName} was not imported`}
        sentence={failure.sentence}
        onDismiss={upload.dismiss}
      />
    </div>
  );
}

function UploadProgress({ active, onCancel }: { active: ActiveUpload; onCancel: () => void }) {
  const { fileName, sentBytes, totalBytes } = active;
  const percent = totalBytes === 0 ? 100 : (sentBytes / totalBytes) * 100;
  const complete = sentBytes >= totalBytes;
  return (
    <div className="upload-progress" role="status">
      <div className="upload-progress-line">
        <span className="upload-name">{fileName}</span>
        <Button variant="subtle" size="compact-xs" onClick={onCancel} disabled={complete}>
          Cancel
        </Button>
      </div>
      <Progress
        value={percent}
        size="sm"
        animated={complete}
        aria-label={`Importing ${fileName}`}
      />
      <span className="quiet figure">
        {complete
          ? 'Reading and checking the candles'
          : `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`}
      </span>
    </div>
  );
}
