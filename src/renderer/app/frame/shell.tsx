/** The frame round every screen: where to go, the top bar, banners for what is wrong, and the screen. */

import { useStore } from 'zustand';
import { SCREENS } from '../screens.ts';
import { useServices } from '../services.tsx';
import { modeOf, shownStatus } from '../trading-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { ExposureBanner } from './exposure/exposure-banner.tsx';
import { FaultBanner } from './fault-banner.tsx';
import { FindingsBanner } from './findings-banner.tsx';
import { SideRail } from './side-rail.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell() {
  const { connection, trading, screen } = useServices();
  const state = useStore(connection, (view) => view.state);
  const mode = useStore(trading, modeOf);
  const shown = useStore(trading, (view) => shownStatus(view)?.mode ?? 'paper');
  const screenId = useStore(screen, ({ id }) => id);
  const current = SCREENS.find(({ id }) => id === screenId) ?? SCREENS[0];
  const Content = current.component;
  return (
    <div className="shell" data-connection={state} data-mode={mode} data-shown={shown}>
      <SideRail screenId={current.id} onScreen={screen.go} />
      <div className="shell-main">
        <TopBar />
        <div>
          <ConnectionBanner />
          <ExposureBanner />
          <FaultBanner />
          <FindingsBanner />
        </div>
        <main className="screen" key={current.id} aria-label={current.title}>
          <Content />
        </main>
      </div>
    </div>
  );
}
