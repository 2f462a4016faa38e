/** Says what the app found at its start, a damaged profile for one, until the person has read it. */

import { CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../services.tsx';

export function FindingsBanner() {
  const { connection } = useServices();
  const app = useStore(connection, (view) => view.app);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const unread = (app?.findings ?? []).filter(({ sentence }) => !read.has(sentence));
  return (
    <div role="alert">
      {unread.map(({ sentence }) => (
        <div className="banner" key={sentence}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{sentence}</span>
          <CloseButton
            size="sm"
            aria-label="Dismiss"
            onClick={() => setRead(new Set([...read, sentence]))}
          />
        </div>
      ))}
    </div>
  );
}
