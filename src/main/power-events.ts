/** Sleep and waking: live mode goes off before the one, and what happened meanwhile is learnt after the other. */

import type { AppControls } from '../app/controls.ts';

/** What is used of Electron's `powerMonitor`. */
export interface PowerMonitor {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
}

export interface PowerEvents {
  readonly powerMonitor: PowerMonitor;
  readonly controls: Pick<AppControls, 'suspend' | 'resume'>;
  readonly log: (sentence: string) => void;
}

export function followPower({ powerMonitor, controls, log }: PowerEvents): void {
  powerMonitor.on('suspend', () => controls.suspend());
  powerMonitor.on('resume', () => {
    controls.resume().catch((error: unknown) => {
      log(`Waking up failed; live mode stays off. ${String(error)}`);
    });
  });
}
