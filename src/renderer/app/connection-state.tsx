/** Whether the app answers: a dot and a word. */

import { useStore } from 'zustand';
import { useServices } from './services.tsx';

const WORDS = { connecting: 'Connecting', open: 'Connected', lost: 'Connection lost' } as const;

export function ConnectionState() {
  const { connection } = useServices();
  const state = useStore(connection, (view) => view.state);
  return (
    <span className="connection" data-state={state}>
      <span className="connection-dot" aria-hidden="true" />
      {WORDS[state]}
    </span>
  );
}
