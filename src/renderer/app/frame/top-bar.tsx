/** The slim bar on every screen: am I live, what do I have, what happened today, how do I stop it. */

import { AccountSwitch } from './account-switch.tsx';
import { ExposureMark } from './exposure/exposure-mark.tsx';
import { ModeChip } from './mode-chip.tsx';
import { useStopPlace } from './stop/use-stop-place.ts';
import { StopButton } from './stop-button.tsx';
import { TodayFigures } from './today-figures.tsx';
import { VenueState } from './venue-state.tsx';

export function TopBar() {
  const place = useStopPlace('top');
  return (
    <header className="top-bar stop-place" ref={place}>
      <ModeChip />
      <ExposureMark />
      <AccountSwitch />
      <VenueState />
      <div className="top-bar-end">
        <TodayFigures />
        <StopButton />
      </div>
    </header>
  );
}
