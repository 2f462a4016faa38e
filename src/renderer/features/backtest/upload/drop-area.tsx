/** Accepts a candle file dropped anywhere on the screen, and says so while one hovers. */

import { Dropzone } from '@mantine/dropzone';
import { IconFileImport } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useServices } from '../../../app/services.tsx';

export function DropArea({ children }: { children: ReactNode }) {
  const { actions } = useServices();
  return (
    <>
      {children}
      <Dropzone.FullScreen
        multiple={false}
        onDrop={(files) => {
          const [file] = files;
          if (file !== undefined) void actions.importFile(file);
        }}
      >
        <div className="drop-hint">
          <IconFileImport size={36} stroke={1.5} aria-hidden="true" />
          <p className="drop-hint-title">Drop the candle file to import it</p>
          <p className="quiet">CSV or JSON, also gzipped. One file at a time.</p>
        </div>
      </Dropzone.FullScreen>
    </>
  );
}
