/** The slim bar on every screen: where you are, which mode, whether the app answers. */

import { useStore } from 'zustand';
import { Brand } from './brand.tsx';
import { ConnectionState } from './connection-state.tsx';
import { ModeChip } from './mode-chip.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SCREENS } from './screens.ts';
import { useServices } from './services.tsx';

interface TopBarProps {
  readonly screenId: string;
  readonly onScreen: (id: string) => void;
}

export function TopBar({ screenId, onScreen }: TopBarProps) {
  const { connection } = useServices();
  const version = useStore(connection, ({ app }) => app?.version ?? null);
  return (
    <header className="top-bar">
      <Brand />
      <ModeChip />
      <nav className="tabs" aria-label="Screens">
        {SCREENS.map(({ id, title, icon: Icon }) => (
          <button
            type="button"
            key={id}
            className="tab"
            aria-current={id === screenId ? 'page' : undefined}
            onClick={() => onScreen(id)}
          >
            <Icon size={16} />
            {title}
          </button>
        ))}
      </nav>
      <div className="top-bar-end">
        <ConnectionState />
        {version !== null && <span className="quiet version">v{version}</span>}
        <SchemeToggle />
      </div>
    </header>
  );
}
