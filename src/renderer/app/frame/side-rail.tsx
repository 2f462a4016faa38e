/** The screens, at the left of every one of them. */

import { Brand } from './brand.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SCREENS } from '../screens.ts';

interface SideRailProps {
  readonly screenId: string;
  readonly onScreen: (id: string) => void;
}

export function SideRail({ screenId, onScreen }: SideRailProps) {
  return (
    <div className="rail">
      <Brand />
      <nav className="rail-tabs" aria-label="Screens">
        {SCREENS.map(({ id, title, icon: Icon }) => (
          <button
            type="button"
            key={id}
            className="rail-tab"
            aria-current={id === screenId ? 'page' : undefined}
            onClick={() => onScreen(id)}
          >
            <Icon size={20} />
            {title}
          </button>
        ))}
      </nav>
      <div className="rail-end">
        <SchemeToggle />
      </div>
    </div>
  );
}
