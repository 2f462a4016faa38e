/** The frame round every screen: the top bar, banners for what is wrong with the app, and the screen. */

import { useState } from 'react';
import { useStore } from 'zustand';
import { ConnectionBanner } from './connection-banner.tsx';
import { FindingsBanner } from './findings-banner.tsx';
import { SCREENS } from './screens.ts';
import { useServices } from './services.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell() {
  const { connection } = useServices();
  const lost = useStore(connection, ({ state }) => state === 'lost');
  const [screenId, setScreenId] = useState(SCREENS[0].id);
  const screen = SCREENS.find(({ id }) => id === screenId) ?? SCREENS[0];
  const Content = screen.component;
  return (
    <div className="shell" data-lost={lost}>
      <TopBar screenId={screen.id} onScreen={setScreenId} />
      <div>
        <ConnectionBanner />
        <FindingsBanner />
      </div>
      <main className="screen" aria-label={screen.title}>
        <Content />
      </main>
    </div>
  );
}
