/** Says that the app does not answer, and that what shows may be old. */

import { IconPlugConnectedX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useServices } from '../services.tsx';

const TRYING =
  'The connection to the app is lost. Trying again; what you see below may be out of date.';

export function ConnectionBanner() {
  const { connection } = useServices();
  const state = useStore(connection, (view) => view.state);
  const sentence = useStore(connection, (view) => view.sentence);
  return (
    <div role="status" aria-live="polite">
      {state === 'lost' && (
        <div className="banner">
          <IconPlugConnectedX size={16} aria-hidden="true" />
          <span>{sentence ?? TRYING}</span>
        </div>
      )}
    </div>
  );
}
