/** What this installation is, and where it keeps everything. */

import { CopyButton, ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services.tsx';
import { Panel } from '../../ui/panel.tsx';

const SHELLS = { electron: 'desktop app', browser: 'browser shell' } as const;

export function DataPanel() {
  const { connection } = useServices();
  const app = useStore(connection, (view) => view.app);
  return (
    <Panel title="Data and version">
      {app === null ? (
        <p className="quiet">The app has not told yet.</p>
      ) : (
        <dl className="facts">
          <dt>Version</dt>
          <dd>
            {app.version}, {SHELLS[app.shell]}
          </dd>
          <dt>Data folder</dt>
          <dd className="data-folder">
            <code>{app.dataDir}</code>
            <CopyButton value={app.dataDir}>
              {({ copied, copy }) => (
                <Tooltip label={copied ? 'Copied' : 'Copy'}>
                  <ActionIcon aria-label="Copy the data folder" onClick={copy}>
                    {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
          </dd>
        </dl>
      )}
      <p className="quiet data-note">
        Everything stays on this computer: candles, runs, the journal of every order, the log. Keys
        are kept apart from it.
      </p>
      <p className="quiet">
        {app?.shell === 'electron' ? (
          'Help, Open logs folder shows the log. Help, Save diagnostics makes a report without secrets, to send with a question.'
        ) : (
          <>
            The log is in the folder <code>logs</code> of the data folder.{' '}
            <code>npm run -s piggy -- diagnostics</code> makes a report without secrets, to send
            with a question.
          </>
        )}
      </p>
    </Panel>
  );
}
